using System.Diagnostics;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using DnsTunnel.Tests.Delivery;

namespace DnsTunnel.Tests.Report;

/// <summary>The report in Chromium, where that is installed: what the page is once its scripts have run.</summary>
public sealed class ReportBrowserTests : IDisposable
{
    private static readonly string? s_browser = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Its_scripts_run_and_those_of_names_do_not()
    {
        Assert.SkipWhen(s_browser is null, "Chromium is not installed");
        // As many as a page of the table shows.
        DnsTunnelFinding[] findings = [.. Hostile.Texts[^100..].Select(Findings.Hostile)];
        var (page, log) = await OpenAsync(Reports.Write(Reports.Of(findings)));

        Assert.Equal("ready", page.DocumentElement.ClassName);
        Assert.NotNull(page.QuerySelector("#population canvas"));
        Assert.Equal(findings.Select(f => Printable.Text(f.Domain)), page.QuerySelectorAll("#table tbody button.open").Select(b => b.TextContent));
        Assert.Equal(3, page.QuerySelectorAll("script").Length);
        Assert.Empty(page.QuerySelectorAll("img, svg, iframe"));
        Assert.DoesNotContain("CONSOLE", log);
    }

    [Fact]
    public async Task Of_many_findings_a_page_is_shown()
    {
        Assert.SkipWhen(s_browser is null, "Chromium is not installed");
        var (page, log) = await OpenAsync(Reports.Write(Reports.Of([.. Enumerable.Range(0, 10_000).Select(i => Findings.Make($"d{i}.example"))])));

        Assert.Equal(100, page.QuerySelectorAll("#table tbody tr").Length);
        Assert.Equal("10,000 of 10,000 findings", page.GetElementById("count")!.TextContent);
        Assert.Contains("Page 1 of 100", page.GetElementById("pages")!.TextContent);
        Assert.DoesNotContain("CONSOLE", log);
    }

    [Fact]
    public async Task Without_findings_it_says_so_and_has_nothing_to_filter()
    {
        Assert.SkipWhen(s_browser is null, "Chromium is not installed");
        var (page, log) = await OpenAsync(Reports.Write(Reports.Of()));

        Assert.Equal("ready", page.DocumentElement.ClassName);
        Assert.Contains("No findings were given", page.Body!.TextContent);
        Assert.Empty(page.QuerySelectorAll("form, table, canvas"));
        Assert.DoesNotContain("CONSOLE", log);
    }

    private async Task<(IDocument Page, string Log)> OpenAsync(byte[] report)
    {
        var file = Path.Combine(_folder, "report.html");
        await File.WriteAllBytesAsync(file, report, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(s_browser!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "--headless=new", "--no-sandbox", "--disable-gpu", $"--user-data-dir={_folder}/profile", "--enable-logging=stderr", "--virtual-time-budget=3000", "--dump-dom", $"file://{file}" })
        {
            start.ArgumentList.Add(argument);
        }
        using var browser = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            var page = browser.StandardOutput.ReadToEndAsync(limit.Token);
            var log = browser.StandardError.ReadToEndAsync(limit.Token);
            await browser.WaitForExitAsync(limit.Token);
            return (new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument(await page), await log);
        }
        finally
        {
            if (!browser.HasExited) browser.Kill(entireProcessTree: true);
        }
    }
}

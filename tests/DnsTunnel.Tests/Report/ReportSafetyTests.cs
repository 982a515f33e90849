using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using DnsTunnel.Tests.Delivery;

namespace DnsTunnel.Tests.Report;

/// <summary>Nothing that an attacker wrote becomes markup or script, and nothing leads out of the file.</summary>
public sealed class ReportSafetyTests
{
    [Fact]
    public void The_policy_lets_in_what_stands_in_the_file_and_no_more()
    {
        var report = Reports.Parse(Reports.Of(Findings.Make()));
        var policy = report.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content")!.Split("; ");

        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("base-uri 'none'", policy);
        Assert.Contains("form-action 'none'", policy);
        Assert.Contains("require-trusted-types-for 'script'", policy);
        Assert.Contains($"script-src {Hashes(report, "script:not([type])")}", policy);
        Assert.Contains($"style-src {Hashes(report, "style")}", policy);
        Assert.Equal(2, report.QuerySelectorAll("script:not([type])").Length);
        // The policy holds for what comes after it.
        Assert.Equal("charset", report.Head!.Children[0].Attributes[0]!.Name);
        Assert.Equal("http-equiv", report.Head.Children[1].Attributes[0]!.Name);
    }

    [Fact]
    public void Nothing_leads_out_of_the_file()
    {
        var report = Reports.Parse(Reports.Hostile("harmless.example"));
        var attributes = report.All.SelectMany(element => element.Attributes).ToArray();

        Assert.DoesNotContain(attributes, a => a.Name.StartsWith("on", StringComparison.Ordinal) || a.Name is "src" or "style" or "action" or "srcset");
        Assert.All(attributes.Where(a => a.Name == "href"), a => Assert.StartsWith("#", a.Value));
        Assert.Empty(report.QuerySelectorAll("link, iframe, object, embed, base, img"));
        Assert.DoesNotContain(report.QuerySelectorAll("style"), style => style.TextContent.Contains("url(") || style.TextContent.Contains("@import"));
    }

    [Fact]
    public void The_script_makes_no_markup_from_text()
    {
        foreach (var script in Reports.Parse(Reports.Of()).QuerySelectorAll("script:not([type])"))
        {
            Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|setTimeout\\(['\"]", script.TextContent);
        }
    }

    private static string Hashes(IDocument report, string selector) =>
        string.Join(' ', report.QuerySelectorAll(selector).Select(e => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(e.TextContent)))}'"));
}

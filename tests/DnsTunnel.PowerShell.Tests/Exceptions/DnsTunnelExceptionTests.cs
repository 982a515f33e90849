using System.Diagnostics;

namespace DnsTunnel.PowerShell.Tests;

public sealed class DnsTunnelExceptionTests : IDisposable
{
    private readonly ExceptionSession _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void New_emits_what_Get_reads()
    {
        var made = _folder.RunToOne("New-DnsTunnelException CDN.Example.com 'Why' -NamePattern '[0-9a-f]{32}' -BudgetBytes 100 -Source s -Client 192.0.2.0/24 -ExpiresAfter 1.00:00:00 -ExceptionPath $e");
        var read = _folder.RunToOne("Get-DnsTunnelException -ExcludeBuiltIn -ExceptionPath $e");

        Assert.True(read.Equals(made));
        Assert.Equal("cdn.example.com", (string)made.Domain);
        Assert.Equal(100, (long)made.BudgetBytes);
        Assert.InRange((DateTime)made.Expires, DateTime.UtcNow.AddHours(23), DateTime.UtcNow.AddHours(25));
        Assert.Equal(Environment.UserName, (string)made.CreatedBy);
        Assert.False((bool)made.IsBuiltIn || (bool)made.IsExpired);
    }

    [Theory]
    [InlineData("Test-DnsTunneling $p -ExceptionPath $e")]
    [InlineData("Get-DnsDomainVolume $p -ByClient -ExceptionPath $e | Test-DnsTunneling")]
    [InlineData("Start-DnsCapture $p | Test-DnsTunneling -ExceptionPath $e")]
    public void An_exception_takes_names_out_up_to_its_budget(string script)
    {
        var count = $"param($e, $p) {script}";
        (string, object?)[] arguments = [("e", _folder.File), ("p", Captures.Dns2tcp)];
        var domain = (string)Assert.Single(_folder.Session.Run(count, arguments)).Properties["Domain"].Value;

        _folder.Run($"New-DnsTunnelException {domain} ours -BudgetBytes 1000 -ExceptionPath $e");
        var finding = Assert.Single(_folder.Session.Run(count, arguments));
        Assert.Equal(domain, finding.Properties["Exception"].Value);

        _folder.Run($"New-DnsTunnelException {domain} ours -BudgetBytes 1000000 -Client 10.71.1.2 -Force -ExceptionPath $e");
        Assert.Empty(_folder.Session.Run(count, arguments));
        Assert.Empty(_folder.Session.Errors);
    }

    [Fact]
    public void A_broken_file_is_an_error_and_the_traffic_is_judged()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File)!);
        File.WriteAllText(_folder.File, "{");
        Assert.Single(_folder.Session.Run("param($e, $p) Test-DnsTunneling $p -ExceptionPath $e", ("e", _folder.File), ("p", Captures.Dns2tcp)));
        Assert.StartsWith("Exception", _folder.ErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Domains_come_through_the_pipeline()
    {
        var made = _folder.Run("'a.example', [pscustomobject]@{ Domain = 'b.example'; Client = '192.0.2.1' } | New-DnsTunnelException -Reason r -ExceptionPath $e");

        Assert.Equal("a.example b.example", string.Join(' ', made.Select(m => m.Properties["Domain"].Value)));
        Assert.All(made, m => Assert.Null(m.Properties["Client"].Value));
    }

    [Theory]
    [InlineData("com", "DomainIsPublicSuffix")]
    [InlineData("github.io", "DomainIsPublicSuffix")]
    [InlineData("*.example.com", "DomainNotValid")]
    [InlineData("a..b", "DomainNotValid")]
    [InlineData("a.example -NamePattern '('", "NamePatternNotValid")]
    [InlineData("a.example -NamePattern '(?=a)b'", "NamePatternNotValid")]
    [InlineData("a.example -Client x", "ClientNotValid")]
    [InlineData("a.example -Expires 2020-01-01", "ExpiryNotValid")]
    [InlineData("a.example -BudgetBytes 16385", "ExceptionTooBroad")]
    [InlineData("a.example -BudgetBytes 16385 -NamePattern '.*'", "ExceptionTooBroad")]
    public void What_is_not_safe_is_refused(string arguments, string error)
    {
        Assert.Empty(_folder.Run($"New-DnsTunnelException -Reason r -ExceptionPath $e -Domain {arguments}"));

        Assert.Equal(error, _folder.ErrorId);
        Assert.True(_folder.IsUntouched);
    }

    [Theory]
    [InlineData("-BudgetBytes 1000000 -Force")]
    [InlineData("-BudgetBytes 1000000 -NamePattern '[0-9a-f]{32}'")]
    [InlineData("-BudgetBytes 16384")]
    [InlineData("-BudgetBytes 0")]
    public void What_is_bounded_or_forced_is_taken(string arguments) =>
        Assert.Equal("a.example", (string)_folder.RunToOne($"New-DnsTunnelException a.example r -ExceptionPath $e {arguments}").Domain);

    [Fact]
    public void The_same_twice_is_an_error()
    {
        _folder.RunToOne("New-DnsTunnelException a.example r -ExceptionPath $e");
        Assert.Empty(_folder.Run("New-DnsTunnelException a.example r -ExceptionPath $e"));

        Assert.Equal("ExceptionExists", _folder.ErrorId);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(_folder.Run("New-DnsTunnelException a.example r -ExceptionPath $e -WhatIf"));
        Assert.True(_folder.IsUntouched);

        _folder.RunToOne("New-DnsTunnelException a.example r -ExceptionPath $e");
        Assert.Empty(_folder.Run("Get-DnsTunnelException -ExcludeBuiltIn -ExceptionPath $e | Remove-DnsTunnelException -WhatIf"));
        _folder.RunToOne("Get-DnsTunnelException -ExcludeBuiltIn -ExceptionPath $e");
    }

    [Fact]
    public void Remove_takes_ids_and_exceptions()
    {
        var first = _folder.RunToOne("New-DnsTunnelException a.example r -ExceptionPath $e");
        _folder.RunToOne("New-DnsTunnelException b.example r -ExceptionPath $e");
        Assert.Empty(_folder.Run($"Remove-DnsTunnelException {first.Id} -ExceptionPath $e"));
        Assert.Equal("b.example", (string)_folder.RunToOne("Get-DnsTunnelException -ExcludeBuiltIn -ExceptionPath $e").Domain);

        _folder.Run("Get-DnsTunnelException b.example -ExceptionPath $e | Remove-DnsTunnelException");
        Assert.Empty(_folder.Session.Errors);
        Assert.Empty(_folder.Run("Get-DnsTunnelException -ExcludeBuiltIn -ExceptionPath $e"));
    }

    [Theory]
    [InlineData("Remove-DnsTunnelException nosuchid -ExceptionPath $e", "ExceptionNotFound")]
    [InlineData("Remove-DnsTunnelException sophos-sxl -ExceptionPath $e", "ExceptionIsBuiltIn")]
    [InlineData("Get-DnsTunnelException e5.sk -ExceptionPath $e | Remove-DnsTunnelException", "ExceptionIsBuiltIn")]
    [InlineData("Get-DnsTunnelException -Id nosuchid -ExceptionPath $e", "ExceptionNotFound")]
    [InlineData("Get-DnsTunnelException -Name a..b -ExceptionPath $e", "DomainNotValid")]
    public void What_is_not_there_is_an_error_and_makes_nothing(string script, string error)
    {
        Assert.Empty(_folder.Run(script));

        Assert.Equal(error, _folder.ErrorId);
        Assert.True(_folder.IsUntouched);
    }

    [Theory]
    [InlineData("-Domain *.mcafee.com", "mcafee-gti-avqs mcafee-gti-avts")]
    [InlineData("-Id SOPHOS-sxl", "sophos-sxl")]
    [InlineData("-Name 4z9p5tjmcbnblehp4557z1d136.AVQS.mcafee.com", "mcafee-gti-avqs")]
    [InlineData("-Name 4z9p5tjmcbnblehp4557z1d136.avqs.mcafee.com.evil.example", "")]
    [InlineData("-Name www.example.com, rociwefoie, _dmarc.example.com", "chromium-probe mail-policy")]
    public void Get_filters(string arguments, string expected) => Assert.Equal(
        expected, string.Join(' ', _folder.Run($"Get-DnsTunnelException -ExceptionPath $e {arguments}").Select(e => e.Properties["Id"].Value)));

    [Fact]
    public void Names_come_with_queries()
    {
        var found = _folder.Run("[pscustomobject]@{ QueryName = 'rociwefoie' }, [pscustomobject]@{ QueryName = 'www.example.com' } | Get-DnsTunnelException -ExceptionPath $e");

        Assert.Equal("chromium-probe", Assert.Single(found).Properties["Id"].Value);
    }

    [Fact]
    public void A_broken_file_is_an_error_that_names_it()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File)!);
        File.WriteAllText(_folder.File, "{");
        foreach (var script in new[] { "Get-DnsTunnelException -ExceptionPath $e", "New-DnsTunnelException a.example r -ExceptionPath $e", "Remove-DnsTunnelException x -ExceptionPath $e" })
        {
            Assert.Empty(_folder.Run(script));
            Assert.Equal("ExceptionFileNotValid", _folder.ErrorId);
            Assert.Contains(_folder.File, _folder.Session.Errors[0].Exception.Message);
            Assert.NotEmpty(_folder.Session.Errors[0].ErrorDetails.RecommendedAction);
        }
        Assert.Equal("{", File.ReadAllText(_folder.File));
    }

    [Fact]
    public void A_path_of_another_provider_ends_the_command()
    {
        Assert.Empty(_folder.Run("Get-DnsTunnelException -ExceptionPath Env:x"));

        Assert.Equal("PathNotFileSystem", _folder.ErrorId);
    }

    [Fact]
    public void The_table_fits_100_columns()
    {
        _folder.RunToOne($"New-DnsTunnelException {new string('a', 63)}.{new string('b', 60)}.example 'A reason that is longer than the column is' -ExceptionPath $e");
        var table = _folder.Session.Show("param($e) Get-DnsTunnelException -ExceptionPath $e", ("e", _folder.File));

        Assert.Matches(@"Id\s+Domain\s+Budget/B\s+Expires\s+Reason", table);
        Assert.Contains("sophosxl.net", table);
        Assert.All(table.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 100));
    }

    [Fact]
    public void Two_processes_lose_nothing()
    {
        using var first = Start("a");
        using var second = Start("b");
        foreach (var process in new[] { first, second })
        {
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }

        Assert.Equal(20, _folder.Run("Get-DnsTunnelException -ExcludeBuiltIn -ExceptionPath $e").Count);
    }

    private Process Start(string prefix)
    {
        var script = $"Import-Module '{Repository.Manifest}'; 1..10 | ForEach-Object {{ \"{prefix}$_.example\" }} | " +
            $"New-DnsTunnelException -Reason r -ExceptionPath '{_folder.File}' -ErrorAction Stop";
        var shell = Repository.Path($"src/DnsTunnel.Shell/bin/{Repository.Configuration}/net10.0/DnsTunnel.Shell.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [shell, "-Command", script]))!;
    }
}

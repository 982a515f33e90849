namespace DnsTunnel.PowerShell.Tests;

public sealed class InvokeDnsTunnelResponseTests : IDisposable
{
    private const string Finding = "[DnsTunnel.DnsTunnelFinding]@{ Domain = 'blocked.example'; IsTunnel = $true; Score = 97.5; Reasons = 'r1', 'r2'; Client = '10.0.0.1'; Clients = '10.0.0.1', '10.0.0.2' }";

    private readonly ResponseSession _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatIf_shows_the_lines_and_writes_nothing()
    {
        _folder.Session.Host.Recorded.Clear();
        Assert.Empty(_folder.Run("Invoke-DnsTunnelResponse @b blocked.example -WhatIf"));

        Assert.Empty(_folder.Session.Errors);
        Assert.True(_folder.IsUntouched);
        Assert.Matches(@"(?s)policy\.zone.*\n  blocked\.example CNAME \. ; DnsTunnel [0-9a-f]{8}\r?\n  \*\.blocked\.example CNAME \. ; DnsTunnel [0-9a-f]{8}",
            _folder.Session.Host.Recorded.Text);
    }

    [Theory]
    [InlineData("No", 0)]
    [InlineData("Yes", 1)]
    public void It_asks_before_it_acts(string answer, int expected)
    {
        _folder.Session.Host.Recorded.Prompts.Clear();
        _folder.Session.Host.Recorded.Answers.Enqueue(answer);
        Assert.Equal(expected, _folder.Run("Invoke-DnsTunnelResponse @b blocked.example").Count);

        Assert.Contains("*.blocked.example CNAME .", Assert.Single(_folder.Session.Host.Recorded.Prompts));
        Assert.Equal(expected == 0, _folder.IsUntouched);
    }

    [Fact]
    public void A_finding_brings_its_score_reasons_and_clients()
    {
        var response = _folder.RunToOne($"{Finding} | Invoke-DnsTunnelResponse @b -Confirm:$false");

        Assert.Empty(_folder.Session.Errors);
        Assert.Equal("DnsTunnel.DnsTunnelResponse", response.BaseObject.GetType().FullName);
        Assert.Equal(("blocked.example", "Rpz", "Applied", 97.5), ((string)response.Properties["Target"].Value,
            (string)response.Properties["Provider"].Value, response.Properties["Status"].Value.ToString(), (double)response.Properties["Score"].Value));
        Assert.Equal(["r1", "r2"], (string[])response.Properties["Reasons"].Value);
        Assert.Equal(["10.0.0.1", "10.0.0.2"], (string[])response.Properties["Clients"].Value);
        Assert.EndsWith(string.Join("\n", (string[])response.Properties["Changes"].Value) + "\n", _folder.ZoneText);
    }

    [Theory]
    [InlineData("'blocked.example' | Invoke-DnsTunnelResponse @b -Confirm:$false")]
    [InlineData("Invoke-DnsTunnelResponse @b -Domain blocked.example -Confirm:$false")]
    public void Domains_bind_in_every_way(string script)
    {
        Assert.Equal("blocked.example", _folder.RunToOne(script).Properties["Target"].Value);
        Assert.Empty(_folder.Session.Errors);
    }

    [Fact]
    public void One_domain_of_several_findings_is_one_action()
    {
        _folder.RunToOne($"{Finding}, {Finding.Replace("10.0.0.1", "10.0.0.9")}, 'BLOCKED.example.' | Invoke-DnsTunnelResponse @b -Confirm:$false -Verbose");

        Assert.Empty(_folder.Session.Errors);
        Assert.Equal(2, _folder.Session.Verbose.Count(line => line.Contains("came before in this pipeline")));
        Assert.Equal(2, _folder.ZoneText.Split('\n').Count(line => line.Contains("blocked.example")));
    }

    [Fact]
    public void What_is_blocked_already_is_said_and_emitted()
    {
        var first = _folder.RunToOne("Invoke-DnsTunnelResponse @b blocked.example -Confirm:$false");
        var text = _folder.ZoneText;
        var second = _folder.RunToOne("Invoke-DnsTunnelResponse @b blocked.example -Confirm:$false");

        Assert.Equal(first.Properties["Id"].Value, second.Properties["Id"].Value);
        Assert.Contains("already blocked", Assert.Single(_folder.Session.Warnings));
        Assert.Equal(text, _folder.ZoneText);
    }

    [Fact]
    public void What_is_no_tunnel_is_left_alone()
    {
        Assert.Empty(_folder.Run($"{Finding.Replace("$true", "$false")} | Invoke-DnsTunnelResponse @b -Confirm:$false -Verbose"));

        Assert.Contains("is left alone", Assert.Single(_folder.Session.Verbose));
        Assert.True(_folder.IsUntouched);
    }

    [Theory]
    [InlineData("co.uk", "DomainIsPublicSuffix")]
    [InlineData("com", "DomainNotValid")]
    [InlineData(".", "DomainNotValid")]
    [InlineData("a..b", "DomainNotValid")]
    [InlineData("*.com", "DomainNotValid")]
    [InlineData("8.0.0.0.10.rpz-client-ip", "DomainNotValid")]
    public void A_refused_domain_is_an_error_and_the_rest_goes_on(string domain, string id)
    {
        _folder.RunToOne($"'{domain}', 'blocked.example' | Invoke-DnsTunnelResponse @b -Confirm:$false");

        Assert.Equal(id, _folder.ErrorId);
        Assert.Equal(domain, _folder.Session.Errors[0].TargetObject);
        Assert.Contains(domain, _folder.Session.Errors[0].Exception.Message);
        Assert.NotEmpty(_folder.Session.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Force_blocks_a_public_suffix_and_says_whom_it_hits()
    {
        _folder.Session.Host.Recorded.Answers.Enqueue("Yes");
        _folder.RunToOne("Invoke-DnsTunnelResponse @b co.uk -Force");

        Assert.Contains("every domain that anybody registered below it", _folder.Session.Host.Recorded.Prompts[^1]);
    }

    [Theory]
    [InlineData("not a zone\n", "ZoneFileNotAZone")]
    [InlineData("@ SOA a. b. 1 1 1 1 1\nblocked.example CNAME rpz-passthru.\n", "DomainAlreadyListed")]
    public void A_file_that_cannot_take_the_lines_stays_as_it_is(string content, string id)
    {
        File.WriteAllText(_folder.Zone, content);
        Assert.Empty(_folder.Run("Invoke-DnsTunnelResponse @b blocked.example -Confirm:$false"));

        Assert.Equal(id, _folder.ErrorId);
        Assert.Equal(content, _folder.ZoneText);
    }

    [Theory]
    [InlineData("$b.ZoneFile = Join-Path2 missing", "ZoneFileNotWritable")]
    [InlineData("$b.ZoneFile = [IO.Path]::GetDirectoryName($z)", "ZoneFileNotReadable")]
    [InlineData("$b.JournalPath = [IO.Path]::GetDirectoryName($z)", "JournalNotReadable")]
    [InlineData("[IO.File]::WriteAllText($z, '@ SOA a. b. 1 1 1 1 1'); $b.JournalPath = $z", "JournalNotReadable")]
    public void Wrong_paths_are_errors_with_ids(string setup, string id)
    {
        setup = setup.Replace("Join-Path2 missing", "[IO.Path]::Combine([IO.Path]::GetDirectoryName($z), 'missing', 'policy.zone')");
        Assert.Empty(_folder.Run($"{setup}; Invoke-DnsTunnelResponse @b blocked.example -Confirm:$false"));

        Assert.Equal(id, _folder.ErrorId);
    }

    [Fact]
    public void A_path_of_another_provider_ends_the_command()
    {
        _folder.Run("Invoke-DnsTunnelResponse -Action BlockDomain blocked.example -ZoneFile Env:\\x -JournalPath $j -Confirm:$false");

        Assert.Equal("PathNotFileSystem", _folder.ErrorId);
        Assert.True(_folder.IsUntouched);
    }

    [Fact]
    public void Provider_is_completed() =>
        Assert.Contains(_folder.Session.Complete("Invoke-DnsTunnelResponse -Provider "), match => match.CompletionText == "Rpz");
}

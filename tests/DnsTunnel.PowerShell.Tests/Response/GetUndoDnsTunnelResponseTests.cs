namespace DnsTunnel.PowerShell.Tests;

public sealed class GetUndoDnsTunnelResponseTests : IDisposable
{
    private readonly ResponseSession _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Invoke-DnsTunnelResponse @b one.example -Confirm:$false | Undo-DnsTunnelResponse -Confirm:$false")]
    [InlineData("$null = Invoke-DnsTunnelResponse @b one.example -Confirm:$false; Get-DnsTunnelResponse -JournalPath $j | Undo-DnsTunnelResponse -Confirm:$false")]
    [InlineData("$r = Invoke-DnsTunnelResponse @b one.example -Confirm:$false; Undo-DnsTunnelResponse $r.Id -JournalPath $j -Confirm:$false")]
    public void Undo_takes_the_lines_out(string script)
    {
        const string Before = "$TTL 60\n@ SOA a. b. 7 1 1 1 1\n NS a.\n; mine, no line end";
        File.WriteAllText(_folder.Zone, Before);
        var undone = _folder.RunToOne(script);

        Assert.Empty(_folder.Session.Errors);
        Assert.Equal("Undone", undone.Properties["Status"].Value.ToString());
        Assert.Equal(Before.Replace(" 7 ", " 9 "), _folder.ZoneText);
    }

    [Fact]
    public void Undo_shows_what_it_would_remove_and_asks()
    {
        Block("one.example");
        var text = _folder.ZoneText;
        _folder.Session.Host.Recorded.Clear();
        Assert.Empty(_folder.Run("Get-DnsTunnelResponse -JournalPath $j | Undo-DnsTunnelResponse -WhatIf"));
        Assert.Contains("  *.one.example CNAME . ; DnsTunnel ", _folder.Session.Host.Recorded.Text);

        _folder.Session.Host.Recorded.Answers.Enqueue("No");
        Assert.Empty(_folder.Run("Get-DnsTunnelResponse -JournalPath $j | Undo-DnsTunnelResponse"));
        Assert.Equal(text, _folder.ZoneText);
    }

    [Fact]
    public void Undo_twice_says_so()
    {
        Block("one.example");
        _folder.Run("Get-DnsTunnelResponse -JournalPath $j | Undo-DnsTunnelResponse -Confirm:$false");
        var text = _folder.ZoneText;
        _folder.RunToOne("Get-DnsTunnelResponse -JournalPath $j | Undo-DnsTunnelResponse -Confirm:$false");

        Assert.Contains("nothing to undo", Assert.Single(_folder.Session.Warnings));
        Assert.Equal(text, _folder.ZoneText);
    }

    [Fact]
    public void Lines_that_are_gone_are_marked_undone_with_a_note()
    {
        Block("one.example");
        File.Delete(_folder.Zone);
        var undone = _folder.RunToOne("Get-DnsTunnelResponse -JournalPath $j | Undo-DnsTunnelResponse -Confirm:$false");

        Assert.Equal("Undone", undone.Properties["Status"].Value.ToString());
        Assert.Contains("gone", Assert.Single(_folder.Session.Warnings));
    }

    [Fact]
    public void Lines_that_others_changed_are_an_error()
    {
        Block("one.example");
        File.WriteAllText(_folder.Zone, _folder.ZoneText.Replace("CNAME .", "CNAME rpz-passthru."));
        Assert.Empty(_folder.Run("Get-DnsTunnelResponse -JournalPath $j | Undo-DnsTunnelResponse -Confirm:$false"));

        Assert.Equal("ResponseChanged", _folder.ErrorId);
    }

    [Theory]
    [InlineData("Undo-DnsTunnelResponse nosuchid -JournalPath $j -Confirm:$false")]
    [InlineData("Get-DnsTunnelResponse nosuchid -JournalPath $j")]
    public void An_unknown_id_is_an_error_and_makes_nothing(string script)
    {
        Assert.Empty(_folder.Run(script));

        Assert.Equal("ResponseNotFound", _folder.ErrorId);
        Assert.True(_folder.IsUntouched);
    }

    [Theory]
    [InlineData("", "one.example two.example three.test")]
    [InlineData("-Domain *.example", "one.example two.example")]
    [InlineData("-Domain TWO*, three.test", "two.example three.test")]
    [InlineData("-Status Applied", "two.example three.test")]
    [InlineData("-Status Undone, Failed", "one.example")]
    [InlineData("-Status Undone -Domain two*", "")]
    public void Get_filters(string arguments, string expected)
    {
        Block("one.example", "two.example", "three.test");
        _folder.Run("Get-DnsTunnelResponse -JournalPath $j -Domain one.example | Undo-DnsTunnelResponse -Confirm:$false");
        var found = _folder.Run($"Get-DnsTunnelResponse -JournalPath $j {arguments}");

        Assert.Equal(expected, string.Join(' ', found.Select(r => r.Properties["Target"].Value)));
    }

    [Fact]
    public void A_torn_line_is_a_warning()
    {
        Block("one.example");
        File.AppendAllText(_folder.Journal, "{\"v\":1,\"id\":\"12");

        Assert.Equal("one.example", _folder.RunToOne("Get-DnsTunnelResponse -JournalPath $j").Properties["Target"].Value);
        Assert.Contains("(3)", Assert.Single(_folder.Session.Warnings));
    }

    [Fact]
    public void The_table_fits_100_columns()
    {
        Block("one.example", $"{new string('a', 63)}.{new string('b', 60)}.example");
        var table = _folder.Session.Show("param($j) Get-DnsTunnelResponse -JournalPath $j", ("j", _folder.Journal));

        Assert.Matches(@"Id\s+Action\s+Target\s+Provider\s+Status\s+Begun \(UTC\)", table);
        Assert.Contains("Applied", table);
        Assert.All(table.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 100));
    }

    private void Block(params string[] domains)
    {
        foreach (var domain in domains) _folder.RunToOne($"Invoke-DnsTunnelResponse @b {domain} -Confirm:$false");
    }
}

using DnsTunnel.Evidence;

namespace DnsTunnel.Tests.Evidence;

/// <summary>What an attacker wrote stays one word of a command, or is in none. A test on the real engine parses such commands.</summary>
public sealed class NextStepsTests
{
    [Fact]
    public void Values_stand_between_quotes()
    {
        var steps = Steps(new EvidenceSubject("it's.$(evil)`.example"), ["/tmp/it's [1].pcap"]);
        Assert.Contains(@"Invoke-DnsTunnelResponse -Action BlockDomain -Domain 'it''s.$(evil)`.example' -ZoneFile ./rpz.zone -WhatIf", steps);
        Assert.Contains(steps, step => step.Contains("-LiteralPath '/tmp/it''s [1].pcap'", StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_changes_something_would_only_say_so() =>
        Assert.All(Steps(new EvidenceSubject("tunnel.example")), step => Assert.True(step.StartsWith("Get-", StringComparison.Ordinal) || step.StartsWith("Test-", StringComparison.Ordinal) || step.EndsWith("-WhatIf", StringComparison.Ordinal), step));

    [Theory]
    [InlineData("pc\u001b[2J")]
    [InlineData("pc\nRemove-Item")]
    [InlineData("pc\u202e")]
    public void What_a_terminal_obeys_makes_no_command(string host) =>
        Assert.DoesNotContain(Steps(new EvidenceSubject("tunnel.example"), host: host), step => step.Contains("IsolateHost", StringComparison.Ordinal));

    [Fact]
    public void Every_hostile_name_stays_printable()
    {
        foreach (var label in Hostile.Labels)
        {
            Assert.All(Steps(new EvidenceSubject(Hostile.Below(label).Text)), step => Assert.DoesNotContain(step, c => c is < ' ' or > '~'));
        }
    }

    [Fact]
    public void The_root_is_not_blocked() =>
        Assert.DoesNotContain(Steps(new EvidenceSubject(".")), step => step.Contains("BlockDomain", StringComparison.Ordinal) || step.Contains("Exception", StringComparison.Ordinal));

    private static string[] Steps(EvidenceSubject subject, string[]? paths = null, string host = "pc1") =>
        Assert.Single(EvidenceRun.Of([new DnsQuery { Timestamp = TunnelNames.Start, QueryName = subject.Domain == "." ? "single" : "a." + subject.Domain, HostName = host }], [subject], paths)).NextSteps;
}

using DnsTunnel.Delivery;
using DnsTunnel.Monitoring;
using DnsTunnel.Tests.Delivery;

namespace DnsTunnel.Tests.Monitoring;

public sealed class FindingLedgerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "state", "monitor.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_told_is_known_to_the_next()
    {
        using (var ledger = FindingLedger.Open(File))
        {
            Assert.Equal(DnsTunnelFindingLife.New, Life(ledger));
            ledger.Note(Findings.Make());
            ledger.SilenceTold = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            ledger.Save();
        }

        using var next = FindingLedger.Open(File);
        Assert.Null(Life(next));
        Assert.Equal(DnsTunnelFindingLife.New, Life(next, Findings.Make(client: "192.0.2.99")));
        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), next.SilenceTold);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File)!, "*.json"));
    }

    [Fact]
    public void Parts_of_one_tunnel_are_told_once_whoever_leads()
    {
        using var ledger = FindingLedger.Open(File);
        ledger.Note(Group("a.example", "b.example"));

        Assert.Null(Life(ledger, Group("b.example", "a.example")));
        Assert.Equal(DnsTunnelFindingLife.Ongoing, Life(ledger, Group("b.example", "a.example", "c.example")));
    }

    [Fact]
    public void What_was_told_apart_is_not_told_again_together()
    {
        using var ledger = FindingLedger.Open(File);
        ledger.Note(Group("a.example"));
        Assert.Equal(DnsTunnelFindingLife.New, Life(ledger, Group("b.example", "a.example")));
        ledger.Note(Group("b.example"));

        Assert.Null(Life(ledger, Group("a.example", "b.example")));
        Assert.Null(Life(ledger, Group("b.example", "a.example")));
    }

    [Fact]
    public void What_is_forgotten_is_still_known_as_part_of_another()
    {
        using var ledger = FindingLedger.Open(File);
        var old = Group("a.example");
        ledger.Note(old);
        ledger.Note(new DnsTunnelFinding { Domain = "b.example", RelatedDomains = ["a.example"], Client = "192.0.2.7", LastSeen = old.LastSeen.AddDays(2) });
        ledger.ForgetBefore(old.LastSeen.AddDays(1));

        Assert.Null(Life(ledger, Group("a.example")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_kill_between_the_telling_and_the_note_tells_nothing_twice(bool wasTold)
    {
        var alerts = Path.Combine(_folder, "alerts.ndjson");
        FindingFile.Append(alerts, Findings.Make(), Token);
        using (var ledger = FindingLedger.Open(File))
        {
            ledger.Begin(Findings.Make());
            if (wasTold) FindingFile.Append(alerts, Findings.Make(), Token);
        }

        using var next = FindingLedger.Open(File);
        next.Resume((id, time) => FindingFile.EndsWith(alerts, id, time.AddMilliseconds(wasTold ? 0 : 1000)));
        Assert.Equal(wasTold ? null : DnsTunnelFindingLife.New, Life(next));
        next.Save();
        next.Resume((_, _) => throw new InvalidOperationException("it is known by now"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"event\":{\"id\":\"x\",\"created\":\"2026-01-01T00:00:00.0")]
    [InlineData("{\"event\":{\"id\":\"x\"}}")]
    [InlineData("{\"event\":{\"id\":\"x\",\"created\":\"soon\"}}")]
    [InlineData("{\"event\":[]}")]
    [InlineData("[1]")]
    public void A_last_line_of_others_or_cut_tells_nothing(string line)
    {
        var alerts = Path.Combine(_folder, "alerts.ndjson");
        Assert.False(FindingFile.EndsWith(alerts, "x", DateTime.MinValue.AddYears(1)));
        System.IO.File.WriteAllText(alerts, line);
        Assert.False(FindingFile.EndsWith(alerts, "x", DateTime.MinValue.AddYears(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":2}")]
    [InlineData("{\"version\":1,\"findings\":null}")]
    [InlineData("{\"version\":1,\"findings\":[null]}")]
    [InlineData("{\"version\":1,\"findings\":[{\"domains\":null}]}")]
    [InlineData("{\"version\":1,\"findings\":[{\"domains\":[null]}]}")]
    [InlineData("{\"version\":1,\"findings\":[{\"severity\":\"x\"}]}")]
    [InlineData("{\"version\":1,\"begun\":{\"finding\":{\"domains\":[]}}}")]
    [InlineData("{\"version\":1,\"begun\":{\"finding\":null}}")]
    public void A_file_that_cannot_be_understood_is_set_aside(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, content);
        using var ledger = FindingLedger.Open(File);

        Assert.Equal(content, System.IO.File.ReadAllText(ledger.SetAside!));
        Assert.Equal(DnsTunnelFindingLife.New, Life(ledger));
        ledger.Note(Findings.Make());
        ledger.Save();
    }

    [Fact]
    public void One_process_at_a_time_has_it()
    {
        using (FindingLedger.Open(File)) Assert.Throws<IOException>(() => FindingLedger.Open(File));
        FindingLedger.Open(File).Dispose();
    }

    private static DnsTunnelFinding Group(string leader, params string[] others) => new() { Domain = leader, RelatedDomains = others, Client = "192.0.2.7" };

    private static DnsTunnelFindingLife? Life(FindingLedger ledger, DnsTunnelFinding? finding = null)
    {
        finding ??= Findings.Make();
        return ledger.LifeOf(finding, finding.LastSeen, TimeSpan.FromDays(1));
    }
}

using DnsTunnel.Monitoring;
using DnsTunnel.Tests.Delivery;

namespace DnsTunnel.Tests.Monitoring;

public sealed class FindingLedgerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

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
    public void Parts_of_one_tunnel_are_one_whoever_leads()
    {
        using var ledger = FindingLedger.Open(File);
        ledger.Note(new DnsTunnelFinding { Domain = "a.example", RelatedDomains = ["b.example"], Client = "192.0.2.7" });

        Assert.Null(Life(ledger, new DnsTunnelFinding { Domain = "b.example", RelatedDomains = ["a.example"], Client = "192.0.2.7" }));
        Assert.Equal(DnsTunnelFindingLife.Ongoing, Life(ledger, new DnsTunnelFinding { Domain = "b.example", RelatedDomains = ["c.example"], Client = "192.0.2.7" }));
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

    private static DnsTunnelFindingLife? Life(FindingLedger ledger, DnsTunnelFinding? finding = null)
    {
        finding ??= Findings.Make();
        return ledger.LifeOf(finding, finding.LastSeen, TimeSpan.FromDays(1));
    }
}

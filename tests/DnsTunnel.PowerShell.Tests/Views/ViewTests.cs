using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>What users see of objects, and see again of objects that were saved or came from another computer.</summary>
public sealed class ViewTests : IDisposable
{
    private static readonly XElement s_views = XDocument.Load(Repository.Path("module/Format.ps1xml")).Root!.Element("ViewDefinitions")!;

    /// <summary>A script for one object of each type that cmdlets emit; $p has the captures, $d is a folder to write to.</summary>
    private static readonly Dictionary<string, string> s_makers = new()
    {
        ["DnsTunnel.DnsQuery"] = "Start-DnsCapture -Path \"$p/dns2tcp.pcap\" | Where-Object QueryType -EQ TXT",
        ["DnsTunnel.DnsCaptureInterface"] = "[DnsTunnel.DnsCaptureInterface]@{ Name = 'eth0'; FriendlyName = 'Ethernet'; Description = 'A card' }",
        ["DnsTunnel.DomainVolume"] = "Get-DnsDomainVolume -Path $p -ByClient",
        ["DnsTunnel.DnsTunnelFinding"] = "Test-DnsTunneling -Path $p",
        ["DnsTunnel.DnsTunnelEvidence"] = "Test-DnsTunneling -Path $p | Get-DnsTunnelEvidence -Path $p -HistoryPath \"$d/none.db\"",
        ["DnsTunnel.DnsTunnelException"] = "New-DnsTunnelException -Domain known.example -Reason known -ExceptionPath \"$d/e.json\"",
        ["DnsTunnel.DnsDomainHistory"] = "$null = Test-DnsTunneling -Path $p -HistoryPath \"$d/h.db\" -UpdateHistory; Get-DnsDomainHistory -Domain tunnel.test -HistoryPath \"$d/h.db\" -JournalPath \"$d/j\"",
        ["DnsTunnel.DnsTunnelResponse"] = "Invoke-DnsTunnelResponse -Action BlockDomain -Domain one.example -ZoneFile \"$d/z\" -JournalPath \"$d/j\" -Confirm:$false",
        ["DnsTunnel.DnsTunnelMonitor"] = "[DnsTunnel.DnsTunnelMonitor]@{ Name = 'Default'; Command = 'Start-DnsTunnelMonitor'; Paths = 'a', 'b' }",
        ["DnsTunnel.DnsTunnelMeasurement"] = "Measure-DnsTunnelModel -Path \"$d/MANIFEST.tsv\" -Rule Zeek",
        ["DnsTunnel.DnsTunnelMeasurementSummary"] = "Measure-DnsTunnelModel -Path \"$d/MANIFEST.tsv\" -Rule Zeek -Summary",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("dnstunnel").FullName;
    private readonly ModuleSession _session = new();

    public static TheoryData<string> Types => [.. s_makers.Keys];

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Every_type_that_a_cmdlet_emits_has_a_view_and_is_tried_here()
    {
        var emitted = ModuleCommands.Names.SelectMany(name => _session.Run("param($n) (Get-Command $n).OutputType", ("n", name))).Select(o => ((PSTypeName)o.BaseObject).Name)
            .Where(n => n.StartsWith("DnsTunnel.", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(emitted.Order(StringComparer.Ordinal), s_makers.Keys.Order(StringComparer.Ordinal));
        Assert.Subset(s_views.Descendants("TypeName").Select(t => t.Value).ToHashSet(), emitted);
    }

    [Fact]
    public void Every_table_fits_100_columns() => Assert.All(s_views.Descendants("TableControl"), table =>
    {
        var widths = table.Descendants("TableColumnHeader").Select(h => (int?)h.Element("Width")).ToList();
        Assert.DoesNotContain(null, widths[..^1]);
        // The last column may take what is left, and needs a little.
        var sum = widths.Sum(w => w ?? 15) + widths.Count - 1;
        Assert.True(sum <= 100, string.Create(CultureInfo.InvariantCulture, $"{table.Parent!.Element("Name")!.Value} takes {sum} columns"));
    });

    [Theory]
    [MemberData(nameof(Types))]
    public void A_saved_object_shows_and_holds_what_it_did(string type)
    {
        File.WriteAllLines(Path.Combine(_folder, "MANIFEST.tsv"), ["path\tlabel", $"{Captures.Windows}\tbenign"]);
        var item = _session.Run("param($p, $d) " + s_makers[type], ("p", Captures.Folder), ("d", _folder))[^1];
        Assert.Empty(_session.Errors);
        Assert.Equal(type, item.TypeNames[0]);

        // The depth of Export-Clixml.
        var saved = (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(item, 2));
        Assert.Equal("Deserialized." + type, saved.TypeNames[0]);
        Assert.Equal(_session.Show("param($o) $o", ("o", item)), _session.Show("param($o) $o", ("o", saved)));
        Assert.Equal(Facts(item), Facts(saved));
    }

    /// <summary>Every property by name, with the text of those that have one value.</summary>
    private static IEnumerable<string> Facts(PSObject item) => item.Properties.Where(p => p.MemberType == PSMemberTypes.Property || p.MemberType == PSMemberTypes.NoteProperty)
        .Select(p => $"{p.Name}={Text(p.Value)}");

    /// <summary>An enumeration comes back as its number with its name.</summary>
    private static string? Text(object? value) => value switch
    {
        Enum or PSObject { BaseObject: int } => value.ToString(),
        string or ValueType or null => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => "several",
    };
}

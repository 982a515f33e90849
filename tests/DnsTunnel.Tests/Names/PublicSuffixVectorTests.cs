using System.Text.RegularExpressions;
using DnsTunnel.Names;

namespace DnsTunnel.Tests.Names;

/// <summary>The list's own test vectors, and the agreement of the look-up with the published algorithm.</summary>
public sealed partial class PublicSuffixVectorTests
{
    private static readonly string s_folder = Path.Combine(SharedData.Repository, "tests", "DnsTunnel.Tests", "Names");

    public static TheoryData<string, string?> Vectors()
    {
        var data = new TheoryData<string, string?>();
        foreach (var line in File.ReadLines(Path.Combine(s_folder, "test_psl.txt")))
        {
            if (VectorLine().Match(line) is { Success: true } match) data.Add(match.Groups[1].Value, match.Groups[2].Success ? match.Groups[2].Value : null);
        }
        return data;
    }

    [Fact]
    public void Vectors_PublishedFile_AreAllRead() => Assert.Equal(77, Vectors().Count);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Split_PublishedVector_GivesRegisteredDomain(string name, string? expected)
    {
        // The vectors with a leading dot are no names.
        var wire = new byte[DnsName.MaxWireLength];
        var actual = DnsName.TryParse(name, wire, out var length) ? PublicSuffixList.Default.Split(wire.AsSpan(0, length)).RegisteredDomain : null;
        Assert.Equal(expected is null ? null : DnsName.ToText(WireName.Of(expected)), actual);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Split_PublishedVectorInUtf8_GivesRegisteredDomain(string name, string? expected)
    {
        if (name.StartsWith('.')) return;
        var actual = PublicSuffixList.Default.Split(WireName.FromUtf8(name)).RegisteredDomain;
        Assert.Equal(expected is null ? null : DnsName.ToText(WireName.FromUtf8(expected)), actual);
    }

    [Fact]
    public void Split_NamesBuiltFromTheRules_AgreesWithThePublishedAlgorithm()
    {
        var naive = new NaiveSuffixList(File.ReadLines(Path.Combine(SharedData.Repository, "module", "data", "public_suffix_list.dat")));
        var random = new Random(4);
        string[] rules = [.. naive.Rules.Order(StringComparer.Ordinal)];
        string[] labels = ["a", "www", "com", "uk", "kobe", "x1", "verylonglabelofatunnel0123456789"];
        string Label() => labels[random.Next(labels.Length)];
        foreach (var rule in rules)
        {
            var name = rule.TrimStart('!').Replace("*", Label(), StringComparison.Ordinal);
            var parts = name.Split('.').ToList();
            switch (random.Next(5))
            {
                case 0: parts[random.Next(parts.Count)] = Label(); break;
                case 1: parts.RemoveAt(random.Next(parts.Count)); break;
                case 2: parts[0] += "x"; break;
                default: break;
            }
            for (var extra = random.Next(4); extra > 0; extra--) parts.Insert(0, Label());
            if (parts.Count == 0) continue;
            // Digits make no top-level domain: our own rule, which the published algorithm lacks.
            if (parts[^1].Any(char.IsAsciiDigit) && !parts[^1].StartsWith("xn--", StringComparison.Ordinal)) continue;

            name = string.Join('.', parts);
            var (registered, subdomain) = PublicSuffixList.Default.Split(WireName.FromUtf8(name));
            Assert.True(naive.RegisteredDomain(name) == registered, $"{name}: {registered}, not {naive.RegisteredDomain(name)}");
            Assert.Equal(registered is null ? null : name, subdomain is null ? registered : $"{subdomain}.{registered}");
        }
    }

    [GeneratedRegex(@"^checkPublicSuffix\('([^']*)', (?:'([^']*)'|null)\);")]
    private static partial Regex VectorLine();
}

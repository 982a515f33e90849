using System.Text;
using System.Text.RegularExpressions;
using DnsTunnel.Response;
using DnsTunnel.Response.Rpz;

namespace DnsTunnel.Tests.Response;

/// <summary>Content in, content out; no files.</summary>
public sealed partial class ZoneFileTests
{
    private const string HandWritten =
        "; our policy; keep! \"(\n$TTL 2h\n@\tIN SOA ns.corp. admin.corp. (\n\t2026030701 ; serial (\n\t1h 15m 30d 2h ) ; end\n\tNS ns.corp.\n" +
        "\n  ; indented comment\nbad.org      CNAME .   ; by hand\n*.bad.org CNAME .\nwalled.org A 10.0.0.1\n  TXT \"a;b ( \\\" c\" \"2026030701\"\n\xFF-latin1 CNAME . ; \xE9\n";

    private static readonly DateOnly s_today = new(2026, 3, 9);

    public static TheoryData<string> Zones =>
    [
        HandWritten,
        HandWritten.Replace("\n", "\r\n"),
        HandWritten.TrimEnd('\n'),
        HandWritten.Replace("\n", "\r\n").TrimEnd('\r', '\n'),
        "@ SOA a. b. 7 1 1 1 1",
        "@ 3600 IN SOA a. b. 7 1 1 1 1\n NS a.\n",
        "@ IN 3600 soa a. b. 4294967295 1 1 1 1\n NS a.\n",
        "$ORIGIN rpz.test.\n@ SOA a. b. 9 1 1 1 1\n NS a.\n$ORIGIN sub.rpz.test.\nx CNAME .\n",
        "$ORIGIN .\nrpz.test 60 IN SOA a. b. 9 1 1 1 1\n NS a.\n",
        "rpz.test. SOA a. b. 9 1 1 1 1\nrpz.test. NS a.\nx.rpz.test. CNAME .\nrpz.test. SOA a. b. 9 1 1 1 1\n",
        "@ SOA a. b. 7 1 1 1 1\n NS a.\n; no line end after this",
    ];

    [Theory]
    [MemberData(nameof(Zones))]
    public void Undo_restores_every_byte_but_the_serial(string text)
    {
        var before = Encoding.Latin1.GetBytes(text);
        var lines = Zone(before).LinesFor(Hostile.Domain("blocked.example"), "11111111");
        var blocked = Zone(before).With(lines, s_today);
        var after = Zone(blocked).Without(Response("11111111", lines), s_today, out var removed);

        Assert.Equal(2, removed);
        Assert.NotNull(after);
        Assert.StartsWith(Blank(text), Blank(Encoding.Latin1.GetString(blocked)));
        Assert.Equal(Blank(text), Blank(Encoding.Latin1.GetString(after)));
        Assert.True(SoaSerial.IsGreater(Serial(blocked), Serial(before)));
        Assert.True(SoaSerial.IsGreater(Serial(after), Serial(blocked)));
    }

    [Theory]
    [InlineData("11111111", "22222222", "33333333")]
    [InlineData("33333333", "22222222", "11111111")]
    [InlineData("22222222", "33333333", "11111111")]
    [InlineData("11111111", "33333333", "22222222")]
    public void Several_blocks_are_undone_in_any_order(params string[] order)
    {
        const string Text = "@ SOA a. b. 7 1 1 1 1\n NS a.\nx CNAME . ; no line end";
        var content = Encoding.Latin1.GetBytes(Text);
        var responses = new Dictionary<string, ZoneLines>();
        foreach (var id in order.Order())
        {
            var lines = Zone(content).LinesFor(Hostile.Domain($"d{id}.example"), id);
            responses[id] = Response(id, lines);
            content = Zone(content).With(lines, s_today);
        }
        foreach (var id in order) content = Zone(content).Without(responses[id], s_today, out _)!;

        Assert.Equal(Blank(Text), Blank(Encoding.Latin1.GetString(content)));
    }

    [Fact]
    public void A_new_zone_is_whole()
    {
        var lines = Zone([]).LinesFor(Hostile.Domain("blocked.example"), "0badcafe");
        var text = Encoding.ASCII.GetString(Zone([]).With(lines, s_today));

        Assert.Equal(
            "$TTL 60\n@ SOA localhost. hostmaster.localhost. 2026030902 3600 600 604800 60\n@ NS localhost.\n" +
            "blocked.example CNAME . ; DnsTunnel 0badcafe\n*.blocked.example CNAME . ; DnsTunnel 0badcafe\n", text);
    }

    [Fact]
    public void Owners_are_absolute_where_the_origin_is_another() =>
        Assert.StartsWith("blocked.example.rpz.test. CNAME . ;",
            Zone(Encoding.ASCII.GetBytes("$ORIGIN rpz.test.\n@ SOA a. b. 9 1 1 1 1\n$ORIGIN sub\n")).LinesFor(Hostile.Domain("blocked.example"), "1")[0]);

    [Theory]
    [InlineData("zone \"rpz\" { type master; };\n")]
    [InlineData("127.0.0.1 localhost\n")]
    [InlineData("; SOA a. b. 1 1 1 1 1\n")]
    [InlineData("@ TXT \"@ SOA a. b. 1 1 1 1 1\"\n")]
    [InlineData("@ SOA a. b. soon 1 1 1 1\n")]
    [InlineData("@ SOA a. b. 4294967296 1 1 1 1\n")]
    [InlineData("@ SOA a. b. -1 1 1 1 1\n")]
    [InlineData("@ SOA a. b.\n")]
    [InlineData("@ SOA a. b. 1 1 1 1 1\n@ SOA a. b. 2 1 1 1 1\n")]
    [InlineData("@ SOA a. b. 1 1 1 1 1\n@ TXT ( \"open\"\n")]
    [InlineData("@ SOA a. b. 1 1 1 1 1\n$ORIGIN elsewhere\n")]
    [InlineData("\0\0\0\x02raw")]
    public void What_is_no_zone_to_add_to_is_refused(string text) => Assert.Equal(ResponseError.ZoneFileNotAZone,
        Assert.Throws<ResponseException>(() => Zone(Encoding.Latin1.GetBytes(text)).LinesFor(Hostile.Domain("blocked.example"), "1")).Error);

    [Theory]
    [InlineData("blocked.example CNAME .")]
    [InlineData("BLOCKED.Example CNAME rpz-passthru.")]
    [InlineData("*.blocked.example CNAME .")]
    [InlineData("bl\\111cked.example A 10.0.0.1")]
    [InlineData("blocked.example.rpz.test. CNAME .")]
    [InlineData("$ORIGIN example\nblocked CNAME .")]
    [InlineData("blocked.example CNAME . ; DnsTunnel 99999999")]
    public void A_domain_with_a_rule_of_others_is_left_to_them(string rule)
    {
        var zone = Zone(Encoding.ASCII.GetBytes($"$ORIGIN rpz.test.\n@ SOA a. b. 1 1 1 1 1\n{rule}\n"));
        var exception = Assert.Throws<ResponseException>(() => zone.LinesFor(Hostile.Domain("blocked.example"), "1"));

        Assert.Equal(ResponseError.DomainAlreadyListed, exception.Error);
    }

    [Theory]
    [InlineData("sub.blocked.example CNAME rpz-passthru.")]
    [InlineData("notblocked.example CNAME .")]
    [InlineData("blocked.example.org CNAME .")]
    [InlineData("; blocked.example CNAME .")]
    public void Rules_about_other_names_do_not_matter(string rule) =>
        Zone(Encoding.ASCII.GetBytes($"$ORIGIN rpz.test.\n@ SOA a. b. 1 1 1 1 1\n{rule}\n")).LinesFor(Hostile.Domain("blocked.example"), "1");

    [Theory]
    [InlineData("", 189, true)] // 2 + 189 + 64 = 255
    [InlineData("", 190, false)]
    [InlineData("$ORIGIN rpz.test.\n", 244, true)] // 2 + 244 + 9 = 255
    [InlineData("$ORIGIN rpz.test.\n", 245, false)]
    public void A_domain_too_long_for_the_zone_is_refused(string origin, int wireLength, bool fits)
    {
        var zone = Zone(Encoding.ASCII.GetBytes($"{origin}@ SOA a. b. 1 1 1 1 1\n"));
        // Cut from the front to the length: what is left of the first label is a label.
        var domain = Hostile.Domain(Hostile.Longest[(255 - wireLength)..]);
        Assert.Equal(wireLength, domain.Wire.Length);

        if (fits) zone.LinesFor(domain, "1");
        else Assert.Equal(ResponseError.DomainTooLong, Assert.Throws<ResponseException>(() => zone.LinesFor(domain, "1")).Error);
    }

    [Theory]
    [InlineData("blocked.example CNAME rpz-passthru. ; DnsTunnel 11111111\n*.blocked.example CNAME . ; DnsTunnel 11111111\n")]
    [InlineData("blocked.example CNAME . ; DnsTunnel 11111111\n*.blocked.example CNAME . ; DnsTunnel 11111111\n TXT \"mine\"\n")]
    public void Lines_that_others_changed_are_not_undone(string lines)
    {
        var zone = Zone(Encoding.ASCII.GetBytes("@ SOA a. b. 1 1 1 1 1\n" + lines));
        var response = Response("11111111", ["blocked.example CNAME . ; DnsTunnel 11111111", "*.blocked.example CNAME . ; DnsTunnel 11111111"]);

        Assert.Equal(ResponseError.ResponseChanged, Assert.Throws<ResponseException>(() => zone.Without(response, s_today, out _)).Error);
    }

    [Fact]
    public void Mutated_zones_come_back_whole_or_are_refused()
    {
        var random = new Random(20260309);
        var seeds = Zones.Select(z => Encoding.Latin1.GetBytes((string)z.Data)).ToArray();
        var (whole, refused) = (0, 0);
        for (var i = 0; i < 4000; i++)
        {
            var bytes = (byte[])seeds[random.Next(seeds.Length)].Clone();
            for (var n = random.Next(1, 4); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)" \n\t;()\"\\@$.\r\0aN7\xFF"[random.Next(17)];
            try
            {
                var lines = Zone(bytes).LinesFor(Hostile.Below(Hostile.Labels[i % Hostile.Labels.Length]), "1a2b3c4d");
                var after = Zone(Zone(bytes).With(lines, s_today)).Without(Response("1a2b3c4d", lines), s_today, out var removed);
                Assert.Equal(2, removed);
                Assert.Equal(WithoutDigits(bytes), WithoutDigits(after!));
                whole++;
            }
            catch (ResponseException)
            {
                refused++;
            }
        }
        Assert.InRange(whole, 500, 3999);
        Assert.InRange(refused, 1, 3499);
    }

    private static ZoneFile Zone(byte[] content) => new(content, "/zone", s_today);

    private static ZoneLines Response(string id, string[] lines) => new(id, lines);

    // The serial is what the SOA has in the third place of its data; nothing else in these zones follows two names with dots at their ends.
    private static string Blank(string text) => Serials().Replace(text, m => $"{m.Groups[1].Value}#");

    private static uint Serial(byte[] content) => uint.Parse(Serials().Match(Encoding.Latin1.GetString(content)).Groups[2].Value);

    private static string WithoutDigits(byte[] content) => Digits().Replace(Encoding.Latin1.GetString(content), "");

    [GeneratedRegex(@"(SOA \S+\. \S+\. (?:\(\s+)?)([0-9]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Serials();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}

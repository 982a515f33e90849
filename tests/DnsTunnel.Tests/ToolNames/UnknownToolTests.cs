using System.Globalization;
using DnsTunnel.Tests.Names;
using DnsTunnel.Tools;
using DnsTunnel.Wire;

namespace DnsTunnel.Tests.ToolNames;

/// <summary>Names of encoders that are none of a known tool: they must not be given the name of one.</summary>
public class UnknownToolTests
{
    private const int Names = 2_000;
    private const string Hexadecimal = "0123456789abcdef";
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";
    private const string IodineBase32 = "abcdefghijklmnopqrstuvwxyz012345";
    private const string Base36 = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static TheoryData<string> Encoders() => [.. s_encoders.Keys];

    [Theory]
    [MemberData(nameof(Encoders))]
    public void No_tool_is_told(string encoder)
    {
        var random = new Random(7);
        var tally = new ToolTally();
        for (var i = 0; i < Names; i++)
        {
            var name = WireName.Of(s_encoders[encoder](random, i));
            tally.Add("t.example", ToolTraits.Of(name.AsSpan()[..^1], DnsTypes.Txt), 1);
        }

        Assert.Null(tally.Tell()?.Tool);
    }

    private static readonly Dictionary<string, Func<Random, int, string>> s_encoders = new()
    {
        ["hash in hexadecimal"] = (r, _) => Text(r, Hexadecimal, 32),
        ["three full labels of hexadecimal"] = (r, _) => string.Join('.', Enumerable.Range(0, 3).Select(_ => Text(r, Hexadecimal, 63))),
        ["three labels of 60 in hexadecimal"] = (r, _) => string.Join('.', Enumerable.Range(0, 3).Select(_ => Text(r, Hexadecimal, 60))),
        ["chunk number of 32 bits, then hexadecimal"] = (r, i) => string.Create(CultureInfo.InvariantCulture, $"{i:x8}{Text(r, Hexadecimal, 40)}"),
        ["chunk number of 16 bits, then hexadecimal"] = (r, i) => string.Create(CultureInfo.InvariantCulture, $"{i:x4}00{Text(r, Hexadecimal, 40)}"),
        ["session and type, then hexadecimal"] = (r, _) => "a1b201" + Text(r, Hexadecimal, 40),
        ["time of one minute, then hexadecimal"] = (r, i) => string.Create(CultureInfo.InvariantCulture, $"65a00300{Text(r, Hexadecimal, 16)}"),
        ["chunk label, then base 32"] = (r, i) => string.Create(CultureInfo.InvariantCulture, $"{i}.{Text(r, Base32, 52)}"),
        ["base 32"] = (r, _) => Text(r, Base32, r.Next(8, 60)),
        ["full labels of base 32"] = (r, _) => $"{Text(r, Base32, 63)}.{Text(r, Base32, 63)}.{Text(r, Base32, 21)}",
        ["28 characters of base 32"] = (r, _) => Text(r, Base32, 28),
        ["eight characters after p"] = (r, _) => "p" + Text(r, IodineBase32, 7),
        ["base 36"] = (r, _) => Text(r, Base36, r.Next(6, 40)),
        ["user and sequence, then base 36"] = (r, _) => "0aaa" + Text(r, Base36, 30),
        ["base 64"] = (r, _) => Text(r, Base64, r.Next(11, 60)),
        ["ten characters of base 64"] = (r, _) => Text(r, Base64, 10),
        ["UUID"] = (_, i) => new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString(),
        ["version of an API, then two numbers"] = (r, i) => string.Create(CultureInfo.InvariantCulture, $"api.{i}.{r.Next(1000)}"),
        ["tenant of an API"] = (r, _) => $"api.{Text(r, Hexadecimal, 8)}",
        ["numbers"] = (r, i) => string.Create(CultureInfo.InvariantCulture, $"{i}.{r.Next(256)}.{r.Next(256)}.{r.Next(256)}"),
    };

    private static string Text(Random random, string alphabet, int length) =>
        string.Create(length, (random, alphabet), static (text, s) =>
        {
            for (var i = 0; i < text.Length; i++) text[i] = s.alphabet[s.random.Next(s.alphabet.Length)];
        });
}

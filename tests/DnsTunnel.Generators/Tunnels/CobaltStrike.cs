using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>
/// Cobalt Strike's DNS beacon: polls with the beacon's id, output as "post.", tasks as "cdn." (A), "www6." (AAAA) or "api." (TXT).
/// The digit before the data counts the labels of data.
/// </summary>
internal static class CobaltStrike
{
    private const string Source = "Cobalt Strike user guide, DNS Beacon; SigmaHQ net_dns_mal_cobaltstrike";
    private const int LabelSize = 56;

    public static Encoder Create(string variant, ushort type) =>
        new("cobaltstrike", Source, 84, (session, chunk) => Post(session, chunk))
        {
            Variant = variant,
            Zone = "ns1.",
            Open = session => [Beacon(session), .. Metadata(session)],
            Poll = session => session.Random.Next(3) == 0 ? Task(session, type) : Beacon(session),
            PollsPerData = 2,
            Pace = Timing.Jittered(1.5, 0.3),
            Payload = 4200,
        };

    /// <summary>The stager: short counted names with the stage in TXT.</summary>
    public static Encoder Stager() =>
        new("cobaltstrike", Source + " (stager: aaa.stage.<n>.)", 0, (session, _) =>
        {
            var number = session.NextCounter();
            var counter = $"{(char)('a' + number / 676 % 26)}{(char)('a' + number / 26 % 26)}{(char)('a' + number % 26)}";
            return new($"{counter}.stage.{session.Id % 10000000}.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt(Convert.ToBase64String(session.Bytes(190)), 1)));
        })
        {
            Variant = "stager",
            Pace = Timing.Jittered(0.12, 0.3),
            // Nothing leaves: the names only count.
            Worth = 0,
        };

    private static Question Beacon(Session session) =>
        new($"{session.Id:x8}.{session.Domain}", RecordType.A, Reply.Of(Record.A(session.Random.Next(3) == 0 ? 0xF2u : 0u, 1)));

    private static Question Task(Session session, ushort type)
    {
        var prefix = type switch { RecordType.Txt => "api", RecordType.Aaaa => "www6", _ => "cdn" };
        return new($"{prefix}.0{session.Random.Next(1 << 20):x7}{session.NextCounter():x}.{session.Id:x8}.{session.Domain}", type,
            Layout.Back(session, type, session.Bytes(type == RecordType.Txt ? 140 : type == RecordType.Aaaa ? 16 : 4), Codecs.Radix.Base64, 1));
    }

    private static IEnumerable<Question> Metadata(Session session)
    {
        for (var i = 0; i < 3; i++) yield return Tagged(session, "www", session.Bytes(56));
    }

    private static Question Post(Session session, byte[] chunk) => Tagged(session, "post", chunk);

    private static Question Tagged(Session session, string prefix, byte[] data)
    {
        var labels = Layout.Labels(Layout.Hex(data), LabelSize);
        var count = labels.Count(c => c == '.') + 1;
        return new($"{prefix}.{count}{labels}.{session.NextCounter() + 1:x}{session.Random.Next(1 << 24):x6}.{session.Id:x8}.{session.Domain}", RecordType.A,
            Reply.Of(Record.A(0u, 1)));
    }
}

using DnsTunnel.Delivery;

namespace DnsTunnel.Tests.Delivery;

/// <summary>Findings to deliver: an ordinary one, and ones whose texts attack what they are written into.</summary>
internal static class Findings
{
    private static readonly DateTime s_start = new(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc);

    public static DnsTunnelFinding Make(string domain = "tunnel.example", string? client = "192.0.2.7", string? text = null) => new()
    {
        Domain = domain,
        Client = client,
        IsTunnel = true,
        Score = 99.8,
        Severity = DnsTunnelSeverity.High,
        RiskScore = 73,
        WindowStart = s_start,
        WindowEnd = s_start.AddMinutes(15),
        Timescale = TimeSpan.FromMinutes(2),
        FirstDetected = s_start.AddMinutes(1),
        QueryCount = 1240,
        UniqueNames = 1239,
        BytesOut = 10946,
        BytesIn = 86830,
        Reasons = [text ?? "1,239 different names were asked for in 65 s"],
        SampleNames = [text ?? "abc.tunnel.example"],
        RelatedDomains = text is null ? [] : [text],
        Features = new Dictionary<string, DnsTunnelFeature> { [text ?? "UniqueNames"] = new(1239, 2.5) },
        Tool = text ?? "dns2tcp",
        FirstSeen = s_start.AddSeconds(10),
        LastSeen = s_start.AddMinutes(14),
        Clients = client is null ? [] : [client],
        Processes = text is null ? [] : [text],
        Exception = text,
        Windows = [new DomainVolume { WindowStart = s_start, WindowEnd = s_start.AddMinutes(15), QueryCount = 1240, InformationBytes = 10946 }],
    };

    /// <summary>One with the text wherever a text can be.</summary>
    /// <summary>What a webhook gets of one.</summary>
    public static byte[] Message(string domain = "tunnel.example")
    {
        using var receiver = new WebhookReceiver(new Uri("http://127.0.0.1/"), []);
        return receiver.Encode(Make(domain));
    }

    public static DnsTunnelFinding Hostile(string text) => Make(text, text, text);
}

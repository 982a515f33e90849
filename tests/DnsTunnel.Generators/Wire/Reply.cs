namespace DnsTunnel.Generators.Wire;

/// <summary>What comes back to a question.</summary>
internal sealed record Reply(int Rcode, Record[] Answers, Record[]? Authority = null)
{
    private const int NameError = 3;

    /// <summary>The server never answers.</summary>
    public static Reply Silence { get; } = new(-1, []);

    public static Reply Refused { get; } = new(5, []);

    /// <summary>The name exists, but not with this type; a SOA says for how long (RFC 2308).</summary>
    public static Reply NoData(string zone) => new(0, [], [Record.Soa(zone)]);

    public static Reply NxDomain(string zone) => new(NameError, [], [Record.Soa(zone)]);

    public static Reply Of(params Record[] answers) => new(0, answers);
}

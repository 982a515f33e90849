namespace DnsTunnel.Measurement;

/// <summary>The rules that captures can be measured with.</summary>
internal static class RuleNames
{
    public const string DnsTunnel = "DnsTunnel";
    public const string Elastic = "Elastic";
    public const string ElasticSchedule = "ElasticSchedule";
    public const string Rita = "RITA";
    public const string Zeek = "Zeek";
    public const string Sigma = "Sigma";
    public const string Splunk = "Splunk";
    public const string Ndpi = "nDPI";
    public const string Ibhh = "ibHH";

    public static IReadOnlyList<string> All { get; } = [DnsTunnel, Elastic, ElasticSchedule, Rita, Zeek, Sigma, Splunk, Ndpi, Ibhh];
}

using System.Net;

namespace DnsTunnel.Tests.Response;

/// <summary>Asks servers with the program of BIND, which takes names in zone file form.</summary>
internal static class Dig
{
    /// <summary>The response code for a name.</summary>
    public static string Status(IPEndPoint server, string name, string type = "A")
    {
        var output = Ask(server, "+comments", name, type);
        var start = output.IndexOf("status: ", StringComparison.Ordinal) + 8;
        return start < 8 ? output : output[start..output.IndexOf(',', start)];
    }

    /// <summary>What a name has of a type, one a line; empty for nothing.</summary>
    public static string Data(IPEndPoint server, string name, string type = "A") => Ask(server, "+short", name, type).Trim();

    private static string Ask(IPEndPoint server, string format, string name, string type) => Programs.Run(
        Programs.Require("dig", "bind9-dnsutils"), $"@{server.Address}", "-p", $"{server.Port}", "+tries=2", "+time=2", "+noall", format, "-q", name, type).Output;
}

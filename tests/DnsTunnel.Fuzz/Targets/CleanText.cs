namespace DnsTunnel.Fuzz.Targets;

/// <summary>What every query promises, whatever it was read from.</summary>
internal static class CleanText
{
    /// <exception cref="InvalidOperationException">A text holds what a terminal could obey.</exception>
    public static void Check(DnsQuery query)
    {
        if (query.QueryName.Any(c => c is < '!' or > '~')) throw new InvalidOperationException("The name is not printable ASCII.");
        ReadOnlySpan<string?> texts = [query.QueryType, query.QueryClass, query.ResponseCode, query.ClientAddress, query.HostName, query.UserName, query.ProcessName, .. query.Answers];
        foreach (var text in texts)
        {
            if (text is not null && text.Any(char.IsControl)) throw new InvalidOperationException("A text holds control characters.");
        }
    }
}

namespace DnsTunnel.Response.Hosts;

/// <summary>What the user should know of what stays open.</summary>
internal static class IsolationNotes
{
    public static string[] For(IsolationOptions options, bool isPin)
    {
        if (isPin) return ["Queries over HTTPS, and tunnels through the chosen resolvers, still work."];
        var notes = new List<string>();
        if (options.Resolvers.Length > 0) notes.Add("Tunnels through the chosen resolvers still work: block their domains too.");
        if (options.Management is { Length: > 0 } peers) notes.Add($"The connection of {string.Join(", ", peers.Select(p => p.Address))} to this host stays.");
        if (options.Management is { Length: 0 } && !options.IsLocal && options.Allowed.Length == 0)
            notes.Add("No connection was found that manages the host: if it is managed from afar, give -AllowAddress.");
        if (options.Platform == DnsTunnelPlatform.Linux) notes.Add("The rules end with a restart of the host.");
        return [.. notes];
    }
}

using DnsTunnel.Processes;

namespace DnsTunnel;

/// <summary>Who asked for a domain, as far as the source tells.</summary>
public sealed class DnsTunnelTalker
{
    /// <summary>The address that asked.</summary>
    public string? Client { get; init; }

    /// <summary>The name of the host.</summary>
    public string? HostName { get; init; }

    /// <summary>The process.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Its name.</summary>
    public string? ProcessName { get; init; }

    /// <summary>The path of its program.</summary>
    public string? ProcessPath { get; init; }

    /// <summary>The account it ran under.</summary>
    public string? UserName { get; init; }

    /// <summary>Transactions.</summary>
    public long QueryCount { get; init; }

    /// <summary>When it first asked, UTC.</summary>
    public DateTime FirstSeen { get; init; }

    /// <summary>When it last asked, UTC.</summary>
    public DateTime LastSeen { get; init; }

    /// <summary>All that is known in one line.</summary>
    public override string ToString()
    {
        var who = string.Join(", ", new[] { Client, HostName, ProcessText.Of(ProcessPath, ProcessName, ProcessId), UserName }.OfType<string>().DefaultIfEmpty("not told by the source"));
        return FormattableString.Invariant($"{who}: {QueryCount:N0} queries, {FirstSeen:yyyy-MM-dd HH:mm:ss} to {LastSeen:yyyy-MM-dd HH:mm:ss}");
    }
}

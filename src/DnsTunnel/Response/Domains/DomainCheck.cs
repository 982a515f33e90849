using System.Net;
using System.Net.Sockets;
using DnsTunnel.Names;
using DnsTunnel.Response.Steps;
using DnsTunnel.Wire;

namespace DnsTunnel.Response.Domains;

/// <summary>Asks resolvers whether a block works: for the domain, and for a name below it that nobody asked before.</summary>
internal static class DomainCheck
{
    private const int ServerFailure = 2, NameError = 3, Refused = 5;

    // A server may have a change in force some moments after it says that it was loaded.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The check of a plan; null when there is nobody to ask.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="sinkhole">The address that it has to have; null for none.</param>
    /// <param name="resolvers">Whom to ask.</param>
    /// <param name="refuses">Whether the server refuses or fails where others say that there is no such name.</param>
    /// <param name="patience">How long the change may take; 10 s when it is not given.</param>
    public static Action<StepContext>? For(
        BlockedDomain domain, IPAddress? sinkhole, IReadOnlyList<IPEndPoint> resolvers, bool refuses = false, TimeSpan? patience = null) =>
        resolvers.Count == 0 ? null : context => Run(domain, sinkhole, resolvers, refuses, patience ?? s_patience, context.Token);

    /// <summary>The check of a plan whose server may be listening elsewhere: no answer says nothing.</summary>
    public static Action<StepContext> IfAnswered(BlockedDomain domain, IPAddress? sinkhole, IPEndPoint resolver) => context =>
    {
        if (DnsProbe.Ask(resolver, domain.Wire, DnsTypes.A) is not null) Run(domain, sinkhole, [resolver], refuses: false, s_patience, context.Token);
    };

    private static void Run(BlockedDomain domain, IPAddress? sinkhole, IReadOnlyList<IPEndPoint> resolvers, bool refuses, TimeSpan patience, CancellationToken token)
    {
        var end = DateTime.UtcNow + patience;
        foreach (var resolver in resolvers)
        {
            while (Failure(domain, sinkhole, resolver, refuses) is { } failure)
            {
                if (DateTime.UtcNow > end) throw new ResponseException(ResponseError.ResponseNotEffective, failure);
                token.WaitHandle.WaitOne(s_pause);
                token.ThrowIfCancellationRequested();
            }
        }
    }

    private static string? Failure(BlockedDomain domain, IPAddress? sinkhole, IPEndPoint resolver, bool refuses)
    {
        foreach (var name in new[] { domain.Wire.ToArray(), Below(domain) })
        {
            var type = sinkhole?.AddressFamily == AddressFamily.InterNetworkV6 ? DnsTypes.Aaaa : DnsTypes.A;
            if (DnsProbe.Ask(resolver, name, type) is not var (code, addresses)) return $"The resolver {resolver} does not answer.";
            var isBlocked = sinkhole is null ? code == NameError || (refuses && code is (ServerFailure or Refused)) : addresses.Length > 0 && addresses.All(sinkhole.Equals);
            if (!isBlocked) return $"The resolver {resolver} still answers '{DnsName.ToText(name)}' (response code {code}, {addresses.Length} addresses).";
        }
        return null;
    }

    /// <summary>A name below the domain, or the domain when it has no room for a label.</summary>
    private static byte[] Below(BlockedDomain domain)
    {
        var label = System.Text.Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")[..12]);
        return domain.Wire.Length + label.Length + 1 > DnsName.MaxWireLength ? domain.Wire.ToArray() : [(byte)label.Length, .. label, .. domain.Wire];
    }
}

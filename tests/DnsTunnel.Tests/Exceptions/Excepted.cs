using System.Net;
using DnsTunnel.Exceptions;
using DnsTunnel.Names;
using DnsTunnel.Tests.Names;

namespace DnsTunnel.Tests.Exceptions;

/// <summary>Exceptions, and what falls under them.</summary>
internal static class Excepted
{
    public static readonly DateTime Noon = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    public static DnsTunnelException Make(string domain, string? pattern = null, string? client = null, DateTime? expires = null, string id = "test") =>
        new() { Id = id, Domain = domain, NamePattern = pattern, Client = client, Expires = expires, BudgetBytes = 4096, Reason = "A test." };

    /// <summary>The built-in exceptions behind these.</summary>
    public static ExceptionList ListOf(params IEnumerable<DnsTunnelException> exceptions) =>
        new([.. exceptions.Select(e => ExceptionRuleParser.Parse(e, PublicSuffixList.Default))], PublicSuffixList.Default);

    /// <summary>The id of the exception that covers a name; null when none does.</summary>
    public static string? IdFor(this ExceptionList list, string name, DateTime? utc = null, string? client = null) =>
        list.IdFor(WireName.Of(name), utc, client);

    public static string? IdFor(this ExceptionList list, byte[] wire, DateTime? utc = null, string? client = null)
    {
        var lower = new byte[wire.Length];
        DnsName.ToLower(wire, lower);
        var offset = PublicSuffixList.Default.RegisteredDomainOffset(lower);
        var rules = list.For(lower.AsSpan(offset < 0 ? lower.Length - 1 : offset));
        var index = rules?.Match(lower, utc ?? Noon, client is null ? null : IPAddress.Parse(client)) ?? -1;
        return index < 0 ? null : rules![index].Id;
    }
}

using System.Net;
using System.Net.Sockets;
using DnsTunnel.Names;

namespace DnsTunnel.Exceptions;

/// <summary>Checks exceptions, and makes them ready to be matched.</summary>
internal static class ExceptionRuleParser
{
    /// <summary>What 4 kB a day, the bound of Paxson et al. (USENIX Security 2013) for unseen leaks, come to on a busy day.</summary>
    public const long MaxBudgetWithoutShape = 16 * 1024;

    private const string Anywhere = "*";
    private const string Root = ".";

    /// <summary>Makes an exception of the user ready.</summary>
    /// <exception cref="ExceptionListException">Its domain, shape, client or budget is not valid.</exception>
    public static ExceptionRule Parse(DnsTunnelException exception, PublicSuffixList suffixes)
    {
        var domain = ParseDomain(exception.Domain, suffixes);
        if (exception.NamePattern is not null) _ = ParseShape(exception.NamePattern);
        if (exception.BudgetBytes < 0) throw new ExceptionListException(ExceptionListError.BudgetNotValid, $"A budget of {exception.BudgetBytes} bytes is none.");
        return new ExceptionRule(exception with { Domain = DnsName.ToText(domain) }, domain, ParseClient(exception.Client));
    }

    /// <summary>Refuses an exception that would hide a tunnel under its domain for long.</summary>
    /// <exception cref="ExceptionListException">It has no shape, or one that lets everything through, and a large budget.</exception>
    public static void RefuseBroad(DnsTunnelException exception)
    {
        if (exception.BudgetBytes <= MaxBudgetWithoutShape) return;
        if (exception.NamePattern is not null && !ParseShape(exception.NamePattern).IsOpen) return;
        throw new ExceptionListException(ExceptionListError.ExceptionTooBroad,
            $"Every name under '{exception.Domain}' could carry {exception.BudgetBytes} bytes a day: without a shape of names {MaxBudgetWithoutShape} are the most.");
    }

    /// <summary>Makes a built-in exception ready, which may be for every domain or for names without one.</summary>
    /// <exception cref="ExceptionListException">Its domain is not valid.</exception>
    public static ExceptionRule ParseBuiltIn(DnsTunnelException exception, PublicSuffixList suffixes) => exception.Domain switch
    {
        Anywhere => new ExceptionRule(exception, [], null),
        Root => new ExceptionRule(exception, [0], null),
        _ => new ExceptionRule(exception, ParseDomain(exception.Domain, suffixes), null),
    };

    /// <summary>A shape that was checked.</summary>
    /// <exception cref="ExceptionListException">It is none.</exception>
    public static ExceptionShape ParseShape(string pattern)
    {
        try
        {
            return ExceptionShape.Parse(pattern);
        }
        catch (FormatException exception)
        {
            throw new ExceptionListException(
                ExceptionListError.NamePatternNotValid, $"'{Printable.Text(pattern)}' cannot be used as a shape of names: {Printable.Text(exception.Message)}", exception);
        }
    }

    private static byte[] ParseDomain(string text, PublicSuffixList suffixes)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        if (!DnsName.TryParse(text, wire, out var length) || length <= 1)
        {
            throw new ExceptionListException(ExceptionListError.DomainNotValid, $"'{Printable.Text(text)}' is not the name of a domain.");
        }

        wire = wire[..length];
        // "*.example.com" would be taken for what it is elsewhere, and never match.
        if (wire.StartsWith("\x01*"u8))
        {
            throw new ExceptionListException(ExceptionListError.DomainNotValid, $"'{Printable.Text(text)}' has a label '*'; a domain stands for all names below it.");
        }
        DnsName.ToLower(wire, wire);
        if (suffixes.RegisteredDomainOffset(wire) < 0)
        {
            throw new ExceptionListException(ExceptionListError.DomainIsPublicSuffix,
                $"'{Printable.Text(text)}' is a public suffix: the names that anybody registered below it would be excepted.");
        }
        return wire.ToArray();
    }

    private static IPNetwork? ParseClient(string? text)
    {
        if (text is null) return null;
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        // .NET 10 also takes an address within the network, which is more likely a slip.
        if (IPNetwork.TryParse(text, out var network) && text.StartsWith($"{network.BaseAddress}/", StringComparison.OrdinalIgnoreCase)) return network;
        throw new ExceptionListException(ExceptionListError.ClientNotValid, $"'{Printable.Text(text)}' is neither an address nor a network.");
    }
}

using System.Net;

namespace DnsTunnel.Exceptions;

/// <summary>An exception, ready to be matched.</summary>
/// <param name="exception">What the user sees of it.</param>
/// <param name="domain">Its domain in wire form and lower case; empty for every registered domain.</param>
/// <param name="client">The clients it applies to; null for all.</param>
internal sealed class ExceptionRule(DnsTunnelException exception, byte[] domain, IPNetwork? client)
{
    // Made when it is first needed: the shapes of all built-in exceptions take 30 ms, and traffic meets few of them.
    private ExceptionShape? _shape;

    public DnsTunnelException Exception => exception;

    public ReadOnlySpan<byte> Domain => domain;

    public bool IsAnywhere => domain.Length == 0;

    /// <summary>Whether the exception applies to a client; null when it is not known, which no exception for a client applies to.</summary>
    public bool IsFor(IPAddress? asking) => client is not { } network ||
        (asking is not null && network.Contains(asking.IsIPv4MappedToIPv6 ? asking.MapToIPv4() : asking));

    /// <summary>Whether the exception covers a name.</summary>
    /// <param name="lowerName">In wire form and lower case.</param>
    /// <param name="registeredLength">How many bytes at its end are the registered domain.</param>
    /// <param name="utc">When it was asked for.</param>
    public bool Covers(ReadOnlySpan<byte> lowerName, int registeredLength, DateTime utc)
    {
        if (exception.IsExpiredAt(utc)) return false;
        var start = lowerName.Length - (IsAnywhere ? registeredLength : domain.Length);
        if (!IsLabelStart(lowerName, start) || !(IsAnywhere || lowerName[start..].SequenceEqual(domain))) return false;
        return exception.NamePattern is null || (_shape ??= ExceptionShape.Parse(exception.NamePattern)).IsMatch(lowerName[..start]);
    }

    /// <summary>The bytes of a domain can stand within a label, which is not the domain.</summary>
    private static bool IsLabelStart(ReadOnlySpan<byte> name, int start)
    {
        var position = 0;
        while (position < start && name[position] is not 0) position += 1 + name[position];
        return position == start;
    }
}

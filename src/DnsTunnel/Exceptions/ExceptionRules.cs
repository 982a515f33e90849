using System.Net;

namespace DnsTunnel.Exceptions;

/// <summary>The exceptions that names of one registered domain can fall under, the user's first, longer domains before shorter.</summary>
internal sealed class ExceptionRules
{
    private readonly ExceptionRule[] _rules;
    private readonly int _registeredLength;
    private readonly int _ownCount;

    /// <param name="own">Those of the domain, in their order.</param>
    /// <param name="anywhere">Those of every domain.</param>
    /// <param name="registeredLength">Length of the registered domain in wire form.</param>
    public ExceptionRules(ReadOnlySpan<ExceptionRule> own, ReadOnlySpan<ExceptionRule> anywhere, int registeredLength)
    {
        _rules = [.. own, .. anywhere];
        _ownCount = own.Length;
        _registeredLength = registeredLength;
    }

    public int Count => _rules.Length;

    public DnsTunnelException this[int index] => _rules[index].Exception;

    /// <summary>The exception that covers a name of the domain; the first when several do.</summary>
    /// <param name="lowerName">In wire form and lower case.</param>
    /// <param name="utc">When it was asked for.</param>
    /// <param name="client">Who asked; null when that is not known.</param>
    /// <returns>Its index, or -1. What it allows is for the caller to count.</returns>
    public int Match(ReadOnlySpan<byte> lowerName, DateTime utc, IPAddress? client = null)
    {
        var count = Applicable(lowerName);
        for (var i = 0; i < count; i++)
        {
            if (_rules[i].IsFor(client) && _rules[i].Covers(lowerName, _registeredLength, utc)) return i;
        }
        return -1;
    }

    /// <summary>All exceptions that cover a name, whoever asks for it, in their order.</summary>
    public IEnumerable<DnsTunnelException> MatchAll(byte[] lowerName, DateTime utc) => _rules.Take(Applicable(lowerName))
        .Where(rule => rule.Covers(lowerName, _registeredLength, utc)).Select(rule => rule.Exception);

    /// <summary>Those of every domain are for underscored names alone, which nearly no name is.</summary>
    private int Applicable(ReadOnlySpan<byte> lowerName) => lowerName.Contains((byte)'_') ? _rules.Length : _ownCount;
}

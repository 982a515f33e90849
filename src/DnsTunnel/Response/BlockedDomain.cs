using DnsTunnel.Names;

namespace DnsTunnel.Response;

/// <summary>A domain that may be blocked together with every name below it.</summary>
internal sealed class BlockedDomain
{
    private readonly byte[] _wire;

    private BlockedDomain(byte[] wire, bool isPublicSuffix)
    {
        _wire = wire;
        IsPublicSuffix = isPublicSuffix;
        Text = DnsName.ToText(wire);
    }

    /// <summary>The name in wire form, lower case.</summary>
    public ReadOnlySpan<byte> Wire => _wire;

    /// <summary>The labels of the wire form, without the empty one at the end.</summary>
    public ReadOnlySpan<byte> Labels => _wire.AsSpan(0, _wire.Length - 1);

    /// <summary>The name as text: printable ASCII, whatever its bytes.</summary>
    public string Text { get; }

    /// <summary>Whether names of others are registered right below it.</summary>
    public bool IsPublicSuffix { get; }

    /// <summary>Reads a domain to block.</summary>
    /// <exception cref="ResponseException">It is none, or one whose block would hit more than one owner.</exception>
    public static BlockedDomain Parse(string text, PublicSuffixList suffixes, bool allowPublicSuffix)
    {
        var wire = new byte[DnsName.MaxWireLength];
        if (!DnsName.TryParse(text, wire, out var length)) throw NotValid(text, "it is not a domain name");
        wire = wire[..length];
        DnsName.ToLower(wire, wire);

        var labels = DnsName.LabelCount(wire);
        if (labels == 0) throw NotValid(text, "it is the root: every name there is would be blocked");
        if (labels == 1) throw NotValid(text, "it is a single label: a top-level domain, or a name of the local network");
        // A zone file cannot tell the label "*" from a wildcard (RFC 4592, section 2.1.1): an attacker who asks for a.*.com would
        // otherwise have all of com blocked.
        if (HasAsterisk(wire)) throw NotValid(text, "it has a label '*', which resolvers take for all names");

        var isPublicSuffix = suffixes.RegisteredDomainOffset(wire) < 0;
        if (isPublicSuffix && !allowPublicSuffix)
        {
            throw new ResponseException(ResponseError.DomainIsPublicSuffix,
                $"'{Printable.Text(text)}' is a public suffix: every domain that anybody registered below it would be blocked.");
        }
        return new BlockedDomain(wire, isPublicSuffix);
    }

    private static bool HasAsterisk(ReadOnlySpan<byte> rest)
    {
        while (DnsName.TryReadLabel(ref rest, out var label))
        {
            if (label is [(byte)'*']) return true;
        }
        return false;
    }

    private static ResponseException NotValid(string text, string why) =>
        new(ResponseError.DomainNotValid, $"'{Printable.Text(text)}' cannot be blocked: {why}.");
}

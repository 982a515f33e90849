using System.Text;
using DnsTunnel.Names;

namespace DnsTunnel.Response.Domains;

/// <summary>The only way a name gets to servers whose language has no escapes for it: letters, digits, '-' and '_', or not at all.</summary>
internal static class PlainName
{
    /// <summary>The labels with dots between and no final dot.</summary>
    /// <exception cref="ResponseException">It has other characters.</exception>
    public static string Encode(BlockedDomain domain, string provider)
    {
        var text = new StringBuilder(domain.Wire.Length);
        var rest = domain.Wire;
        while (DnsName.TryReadLabel(ref rest, out var label))
        {
            if (text.Length > 0) text.Append('.');
            foreach (var value in label)
            {
                if (!char.IsAsciiLetterOrDigit((char)value) && value is not ((byte)'-' or (byte)'_'))
                    throw new ResponseException(ResponseError.DomainNotValid, $"'{domain.Text}' cannot be blocked by {provider}: its configuration has no way to say the name. Block the domain above it, or use a policy zone.");
                text.Append((char)value);
            }
        }
        return text.ToString();
    }
}

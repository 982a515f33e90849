using System.Text.RegularExpressions;

namespace DnsTunnel.Response.Accounts;

/// <summary>A name that can be one of an account: no option, no wildcard, nothing that a command line takes for more than a name.</summary>
internal static partial class AccountName
{
    /// <exception cref="ResponseException">It cannot be the name of an account.</exception>
    public static string Parse(string text, DnsTunnelPlatform platform)
    {
        if ((platform == DnsTunnelPlatform.Windows ? Windows() : Linux()).IsMatch(text)) return text;
        throw new ResponseException(ResponseError.AccountNotFound, $"'{Printable.Text(text)}' cannot be the name of an account.");
    }

    // useradd(8), CAVEATS, and the capitals, dots and at signs that directories bring.
    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.@-]{0,254}\$?\z")]
    private static partial Regex Linux();

    // Naming of sAMAccountName: none of "/\[]:;|=,+*?<>, no control; a domain may stand before it.
    [GeneratedRegex("""\A(?:[A-Za-z0-9.-]{1,255}\\)?[^\p{C}"/\\\[\]:;|=,+*?<>@-][^\p{C}"/\\\[\]:;|=,+*?<>]{0,254}\z""")]
    private static partial Regex Windows();
}

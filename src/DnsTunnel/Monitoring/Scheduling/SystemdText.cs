using System.Text;

namespace DnsTunnel.Monitoring.Scheduling;

/// <summary>Words of a command in a unit file (systemd.service(5), "Command lines"; systemd.syntax(7), "Quoting").</summary>
internal static class SystemdText
{
    /// <summary>One word, whatever its characters: in double quotes, with % and $ doubled so that neither specifiers nor variables are replaced.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("\"", value.Length + 2);
        foreach (var c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (c is '%' or '$') text.Append(c).Append(c);
            else text.Append(c);
        }

        return text.Append('"').ToString();
    }

    /// <summary>A path in a list of paths: there variables have no meaning.</summary>
    public static string QuotePath(string value) => Quote(value).Replace("$$", "$", StringComparison.Ordinal);
}

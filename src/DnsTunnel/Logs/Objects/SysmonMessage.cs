namespace DnsTunnel.Logs.Objects;

/// <summary>The text of an event of Sysmon, all that is left of its data once it went through remoting: a line "QueryName: a.example" each.</summary>
internal static class SysmonMessage
{
    public static IEnumerable<KeyValuePair<string, object?>> Read(string message)
    {
        foreach (var line in message.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var value = colon > 0 ? line[(colon + 1)..].Trim() : string.Empty;
            if (value is not ("" or "-")) yield return new(line[..colon].Trim(), value);
        }
    }
}

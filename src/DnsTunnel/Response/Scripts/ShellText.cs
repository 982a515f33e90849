namespace DnsTunnel.Response.Scripts;

/// <summary>The only way a value from outside gets into a script of the POSIX shell.</summary>
internal static class ShellText
{
    /// <summary>
    /// One word, whatever its characters: in single quotes nothing has a meaning but the single quote (POSIX.1-2017, 2.2.2). A NUL
    /// ends every argument, so it is refused.
    /// </summary>
    /// <exception cref="ResponseException">It has a NUL.</exception>
    public static string Quote(string value)
    {
        if (value.Contains('\0')) throw new ResponseException(ResponseError.ValueNotUsable, "A value with a NUL character cannot be a word of a command.");
        return $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}

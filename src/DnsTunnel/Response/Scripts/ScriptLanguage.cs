namespace DnsTunnel.Response.Scripts;

/// <summary>What a script is written in. Journals hold the names: they stay.</summary>
internal enum ScriptLanguage
{
    /// <summary>The shell of POSIX.</summary>
    Shell,

    /// <summary>Windows PowerShell 5.1 and later.</summary>
    PowerShell,
}

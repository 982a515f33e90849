namespace DnsTunnel.Shell;

/// <summary>What the shell ends with, unless a script says exit N.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A terminating error, a last statement that failed, or no module to import.</summary>
    public const int Failure = 1;

    /// <summary>EX_USAGE of sysexits.h.</summary>
    public const int Usage = 64;

    /// <summary>128 + SIGINT, as shells report it.</summary>
    public const int Interrupted = 130;
}

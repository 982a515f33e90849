namespace DnsTunnel.Shell;

internal enum PipelineEnd
{
    Completed,

    /// <summary>By a terminating error, which has been shown.</summary>
    Failed,

    /// <summary>By Ctrl+C.</summary>
    Interrupted,
}

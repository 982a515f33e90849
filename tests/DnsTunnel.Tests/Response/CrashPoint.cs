namespace DnsTunnel.Tests.Response;

/// <summary>Where a <see cref="CrashingProvider"/> ends the process, so to say.</summary>
internal enum CrashPoint
{
    None,
    BeforeStep,
    AfterStep,
}

namespace DnsTunnel.Tests.Response;

/// <summary>Stands for the end of the process: nothing catches it.</summary>
internal sealed class CrashException : Exception;

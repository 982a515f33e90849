namespace DnsTunnel.PowerShell.Tests;

/// <summary>One session for all tests of a class that do not change its state.</summary>
public sealed class ModuleFixture : IDisposable
{
    internal ModuleSession Session { get; } = new();

    public void Dispose() => Session.Dispose();
}

namespace DnsTunnel.Tests;

/// <summary>What code allocates once it is warm.</summary>
internal static class Allocation
{
    private const int Runs = 5;

    /// <summary>The bytes of the leanest of a few runs: the runtime itself allocates now and then on the thread that runs (compilation, first use).</summary>
    public static long Of(Action action)
    {
        action();
        return Enumerable.Range(0, Runs).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }
}

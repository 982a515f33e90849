using System.Runtime.CompilerServices;
using DnsTunnel.Monitoring;

namespace DnsTunnel.Tests.Monitoring;

public sealed class HeapTrimTests
{
    [Fact]
    public void What_looks_leave_behind_is_given_back()
    {
        var left = Leave();
        var held = new byte[128 << 20];
        new HeapTrim().TrimWhenDue();

        Assert.False(left.IsAlive);
        GC.KeepAlive(held);
    }

    /// <summary>Something that has outlived a collection.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Leave()
    {
        var left = new byte[1 << 20];
        GC.Collect();
        GC.KeepAlive(left);
        return new WeakReference(left);
    }
}

using DnsTunnel.Monitoring.Sources;

namespace DnsTunnel.Tests.Monitoring;

public sealed class SourceSetTests
{
    [Fact]
    public void A_source_that_fails_is_opened_again_and_says_how_it_is()
    {
        using var stop = new CancellationTokenSource();
        using var sources = new SourceSet(stop.Token);
        using var source = new FailingSource();
        sources.Add(source);

        Assert.True(SpinWait.SpinUntil(() => sources.States[0].Problem is not null, TimeSpan.FromSeconds(30)));
        Assert.Equal(new SourceState("wire", 1, 4, 0, "the cable is out"), sources.States[0]);
        Assert.True(sources.TryTake(out _, TimeSpan.FromSeconds(30)));

        Assert.True(sources.TryTake(out _, TimeSpan.FromSeconds(30)));
        Assert.Equal(new SourceState("wire", 2, 4, 1, null), sources.States[0]);
        Assert.Equal(("wire", "the cable is out"), sources.Problems.Select(p => (p.Source, p.Text)).Single());
        Assert.False(sources.HasEnded);
        sources.Finish();
        Assert.True(SpinWait.SpinUntil(() => sources.HasEnded, TimeSpan.FromSeconds(30)));
    }

    /// <summary>Gives a query and fails; opened again it gives one and stays.</summary>
    private sealed class FailingSource : IMonitorSource
    {
        private Action<DnsQuery> _emit = _ => { };
        private int _opened;

        public string Name => "wire";

        public bool GoesOn => true;

        public long Dropped => 4;

        public void Open(Action<DnsQuery> emit) => (_emit, _opened) = (emit, _opened + 1);

        public void Pump(CancellationToken cancellation)
        {
            _emit(new DnsQuery { QueryName = "www.example.com" });
            if (_opened == 1) throw new IOException("the cable is out");
            cancellation.WaitHandle.WaitOne();
        }

        public void Dispose()
        {
        }
    }
}

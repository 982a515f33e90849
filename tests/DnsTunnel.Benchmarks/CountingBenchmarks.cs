using BenchmarkDotNet.Attributes;
using DnsTunnel.Detection;
using DnsTunnel.Exceptions;
using DnsTunnel.Models;
using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Volume;

namespace DnsTunnel.Benchmarks;

/// <summary>From a name to volumes and findings; times and bytes are those of one query.</summary>
[MemoryDiagnoser]
public class CountingBenchmarks
{
    private readonly Questions _questions = new();
    private readonly ulong[] _hashes = new ulong[Questions.Count];
    private readonly Judge _judge = new(TunnelModel.Default, threshold: 50);
    private VolumeAggregator _counted = NewAggregator(byClient: true);

    [GlobalSetup]
    public void Setup()
    {
        for (var i = 0; i < Questions.Count; i++) _hashes[i] = NameHash.OfAnyCase(_questions.Names[i]);
        _counted = Fill(NewAggregator(byClient: true));
    }

    [Benchmark(OperationsPerInvoke = Questions.Count)]
    public object Aggregate() => Fill(NewAggregator(byClient: false));

    [Benchmark(OperationsPerInvoke = Questions.Count)]
    public object AggregateByClient() => Fill(NewAggregator(byClient: true));

    [Benchmark(OperationsPerInvoke = Questions.Count)]
    public int Score() => new TunnelDetector(_judge, all: false).Detect(_counted, CancellationToken.None).Count;

    private static VolumeAggregator NewAggregator(bool byClient) =>
        new(PublicSuffixList.Default, TimeSpan.FromMinutes(15), byClient, TimeSpan.FromDays(7), ExceptionList.BuiltIn);

    private VolumeAggregator Fill(VolumeAggregator aggregator)
    {
        for (var i = 0; i < Questions.Count; i++)
        {
            aggregator.Add(new VolumeItem
            {
                Ticks = DateTime.UnixEpoch.Ticks + (i * TimeSpan.TicksPerMillisecond),
                ClientAddress = HostAddress.FromIPv4([10, 1, 0, (byte)(i % 100)]),
                Name = _questions.Names[i],
                NameHash = _hashes[i],
                Type = 1,
                IsNxDomain = false,
                QuerySize = 50,
                ResponseSize = 100,
            });
        }

        return aggregator;
    }
}

using BenchmarkDotNet.Attributes;
using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Queries;
using DnsTunnel.Wire;

namespace DnsTunnel.Benchmarks;

/// <summary>From the bytes of a message to its transaction and registered domain; times and bytes are those of one query.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private static readonly HostAddress s_server = HostAddress.FromIPv4([10, 0, 0, 53]);

    private readonly Questions _questions = new();
    private readonly TransactionTracker _tracker = new(new NoSink(), new CaptureStatistics());
    private readonly byte[] _buffer = new byte[DnsName.MaxWireLength];
    private long _ticks = DateTime.UnixEpoch.Ticks;

    [Benchmark(OperationsPerInvoke = Questions.Count)]
    public int Parse()
    {
        var sum = 0;
        foreach (var bytes in _questions.Messages)
        {
            if (DnsMessage.TryRead(bytes, _buffer, out var message) == DnsReadStatus.Ok) sum += message.QuestionName.Length;
        }

        return sum;
    }

    /// <summary>With the hash of the name, at 2,000 queries a second, so that 20,000 wait for an answer.</summary>
    [Benchmark(OperationsPerInvoke = Questions.Count)]
    public void Pair()
    {
        for (var i = 0; i < Questions.Count; i++)
        {
            _ticks += TimeSpan.TicksPerMillisecond / 2;
            _tracker.OnPacket(new DnsPacket
            {
                Message = _questions.Messages[i],
                Ticks = _ticks,
                Source = HostAddress.FromIPv4([10, 1, (byte)(i >> 8), (byte)i]),
                Destination = s_server,
                SourcePort = (ushort)(1024 + (i & 0x7FFF)),
                DestinationPort = 53,
                Transport = DnsTransport.Udp,
            });
        }
    }

    [Benchmark(OperationsPerInvoke = Questions.Count)]
    public int Suffix()
    {
        var sum = 0;
        foreach (var name in _questions.Names) sum += PublicSuffixList.Default.RegisteredDomainOffset(name);
        return sum;
    }

    private sealed class NoSink : ITransactionSink
    {
        public void OnTransaction(in DnsTransaction transaction)
        {
        }
    }
}

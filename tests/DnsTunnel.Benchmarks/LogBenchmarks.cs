using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using DnsTunnel.Names;
using DnsTunnel.Queries;
using DnsTunnel.Volume;

namespace DnsTunnel.Benchmarks;

/// <summary>Lines of a Zeek log, read from a file and counted; times and bytes are those of one line.</summary>
[MemoryDiagnoser]
public class LogBenchmarks
{
    private const string Header = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tquery\tqtype_name\trcode_name\n";

    private readonly string _path = Path.GetTempFileName();

    [GlobalSetup]
    public void Setup()
    {
        var text = new StringBuilder(Header);
        var names = new Questions().Names;
        for (var i = 0; i < names.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{1_700_000_000 + (i / 500)}.000000\t10.1.0.{i % 100}\t40000\t10.0.0.53\t53\tudp\t{DnsName.ToText(names[i])}\tA\tNOERROR\n");
        }

        File.WriteAllText(_path, text.ToString());
    }

    [GlobalCleanup]
    public void Cleanup() => File.Delete(_path);

    [Benchmark(OperationsPerInvoke = Questions.Count)]
    public long ZeekLines()
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromMinutes(15), byClient: false);
        using var file = QueryFile.Open(_path, new VolumeCounter(aggregator), new QueryFileOptions());
        while (file.TryAdvance())
        {
        }

        file.Complete();
        return file.Statistics.Queries;
    }
}

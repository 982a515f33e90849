using System.Diagnostics;
using System.Globalization;
using SharpFuzz;

namespace DnsTunnel.Fuzz;

/// <summary>
/// list: the names of the targets. afl TARGET: reads what afl-fuzz gives. run TARGET FILE …: reads files once, says what each took, and
/// fails on the first that is not read in a second.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["list"]:
                foreach (var target in FuzzTargets.All) Console.WriteLine(target);
                return 0;
            case ["afl", var name]:
                Fuzz(name);
                return 0;
            case ["run", var name, .. var files]:
                return files.All(file => IsSoon(FuzzTargets.Find(name), file)) ? 0 : 1;
            default:
                Console.Error.WriteLine("Usage: DnsTunnel.Fuzz list | afl TARGET | run TARGET FILE …");
                return 2;
        }
    }

    private static void Fuzz(string name)
    {
        FuzzTarget? target = null;
        PeakMemory? memory = null;
        // The fuzzer has a process of its own, so a target that is killed, by time or by memory, does not take it along.
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            // Instrumented code cannot run before the fuzzer has given it its memory.
            target ??= FuzzTargets.Find(name);
            memory ??= Warm(target);
            target.Read(input.ToArray());
            memory.Check((int)input.Length);
        });
    }

    /// <summary>Lists and models that are loaded once are no part of what an input takes.</summary>
    private static PeakMemory Warm(FuzzTarget target)
    {
        foreach (var file in target.Corpus) target.Read(File.ReadAllBytes(file));
        return new PeakMemory();
    }

    private static bool IsSoon(FuzzTarget target, string file)
    {
        var memory = Warm(target);
        var bytes = File.ReadAllBytes(file);
        var watch = Stopwatch.StartNew();
        var found = target.Read(bytes);
        memory.Check(bytes.Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {found} found in {watch.Elapsed.TotalMilliseconds:F0} ms"));
        return watch.Elapsed < s_longest;
    }
}

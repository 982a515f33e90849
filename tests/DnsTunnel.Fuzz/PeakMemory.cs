using System.Runtime.InteropServices;

namespace DnsTunnel.Fuzz;

/// <summary>Ends the process when an input took more memory than twice its size and 64 MiB. The heap of .NET is bounded by its settings.</summary>
internal sealed class PeakMemory
{
    private const long Allowed = 64 << 20;
    private const int Fields = 18;
    private const int MaxResidentSet = 4;

    private readonly long _before = Now;

    /// <summary>getrusage(2) has it in kibibytes on Linux, where alone fuzzers run.</summary>
    private static long Now
    {
        get
        {
            var usage = new long[Fields];
            return GetUsage(0, usage) == 0 ? usage[MaxResidentSet] << 10 : 0;
        }
    }

    /// <summary>A peak never goes down, so only a new process can go on.</summary>
    public void Check(int inputLength)
    {
        var taken = Now - _before;
        if (taken > Allowed + (2L * inputLength)) Environment.FailFast($"{taken} bytes of memory for an input of {inputLength}.");
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, [Out] long[] usage);
}

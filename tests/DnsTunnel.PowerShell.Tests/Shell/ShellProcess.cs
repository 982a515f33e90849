using System.Diagnostics;
using System.Text;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>Runs the built shell as a process, as a user does, with all three streams redirected.</summary>
internal sealed record ShellProcess(int ExitCode, string Output, string Error)
{
    /// <summary>The shell of the same configuration as this test.</summary>
    public static string Path { get; } =
        Repository.Path($"src/DnsTunnel.Shell/bin/{Repository.Configuration}/net10.0/DnsTunnel.Shell.dll");

    public static ShellProcess Run(params string[] arguments) => RunWith("", arguments);

    /// <summary>The same with text on standard input.</summary>
    public static ShellProcess RunWith(string input, params string[] arguments)
    {
        using var process = Start("dotnet", [Path, .. arguments]);
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ShellProcess(process.ExitCode, output.ReplaceLineEndings("\n"), error.Result.ReplaceLineEndings("\n"));
    }

    /// <summary>A process that the test talks to while it runs; the caller disposes of it.</summary>
    public static Process Start(string program, IEnumerable<string> arguments)
    {
        // Where tests run in the background, Ctrl+C is ignored, and processes that they start inherit that.
        var (file, rest) = OperatingSystem.IsLinux() ? ("env", ["--default-signal=INT,QUIT", program, .. arguments]) : (program, arguments);
        var start = new ProcessStartInfo(file, rest)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Remove("COLUMNS");
        return Process.Start(start)!;
    }
}

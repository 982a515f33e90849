using System.Reflection;
using System.Text;

namespace DnsTunnel.Shell;

internal static class Program
{
    private static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (!ShellOptions.TryParse(args, Console.IsInputRedirected, out var options, out var problem))
        {
            Console.Error.WriteLine($"DnsTunnel.Shell: {problem} Run with -Help to see the options.");
            return ExitCode.Usage;
        }
        switch (options.Mode)
        {
            case ShellMode.Help:
                Console.Out.Write(ShellOptions.Help);
                return ExitCode.Success;
            case ShellMode.Version:
                Console.Out.WriteLine($"DnsTunnel.Shell {Version.ToString(3)}");
                return ExitCode.Success;
        }
        if (ModuleLocator.Find(AppContext.BaseDirectory) is not { } manifest)
        {
            Console.Error.WriteLine("DnsTunnel.Shell: the module is not staged (no output/DnsTunnel/DnsTunnel.psd1). Run 'dotnet build' first.");
            return ExitCode.Failure;
        }
        using var session = ShellSession.Open(manifest, Version, options.NonInteractive || Console.IsInputRedirected);
        return options.Mode == ShellMode.Interactive
            ? new InteractiveShell(session).Run(showBanner: !options.NoLogo)
            : ScriptRunner.Run(session, options);
    }

    private static Version Version => Assembly.GetExecutingAssembly().GetName().Version!;
}

using System.Text;
using Spectre.Console;

namespace DnsTunnel.Monitoring.Dashboard;

/// <summary>Where a frame is written to before it is shown.</summary>
internal sealed class FixedSizeOutput(TextWriter writer, int width, int height) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => true;

    public int Width => width;

    public int Height => height;

    public void SetEncoding(Encoding encoding)
    {
    }
}

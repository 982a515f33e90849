using System.Text;
using Spectre.Console;

namespace DnsTunnel.Monitoring.Dashboard;

/// <summary>
/// Shows a monitor on a terminal that obeys the sequences of xterm, on its other screen, so that the first is as it was in the end. What
/// others write there in between is gone with the next frame.
/// </summary>
internal sealed class MonitorDashboard : IDisposable
{
    private const int MostKept = 50;
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Leave = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string ClearLine = "\e[K";
    private const string ClearBelow = "\e[J";

    private readonly Action<string> _write;
    private readonly QueryRate _rate = new();
    private readonly LinkedList<DnsTunnelFinding> _findings = [];
    private readonly LinkedList<string> _messages = [];
    private bool _isShown;

    /// <param name="write">Writes to the terminal as it is.</param>
    public MonitorDashboard(Action<string> write) => _write = write;

    /// <summary>Adds a finding that was told.</summary>
    public void Add(DnsTunnelFinding finding) => Keep(_findings, finding);

    /// <summary>Adds a warning; what is in it of others is printable.</summary>
    public void Add(string message) => Keep(_messages, message);

    /// <summary>Draws a frame over what is there.</summary>
    /// <param name="facts">What to show.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Lines of the terminal.</param>
    public void Draw(DashboardFacts facts, int width, int height)
    {
        var frame = new StringBuilder(_isShown ? "" : Enter).Append(Home);
        _isShown = true;
        frame.AppendJoin(ClearLine + "\r\n", Lines(facts, width, height).Take(height)).Append(ClearLine).Append(ClearBelow);
        _write(frame.ToString());
    }

    /// <summary>Gives the terminal back.</summary>
    public void Dispose()
    {
        if (!_isShown) return;
        _isShown = false;
        _write(Leave);
    }

    private string[] Lines(DashboardFacts facts, int width, int height)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            // To clear the rest of a line that is full takes its last character.
            Out = new FixedSizeOutput(text, width - 1, height),
        });
        console.Write(DashboardView.Of(facts, [.. _findings], [.. _messages], _rate.Next(facts.Now, facts.Queries), height));
        return text.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n');
    }

    private static void Keep<T>(LinkedList<T> list, T item)
    {
        list.AddFirst(item);
        if (list.Count > MostKept) list.RemoveLast();
    }
}

using System.Management.Automation.Host;

namespace DnsTunnel.Shell;

/// <summary>The screen's size, keys and title. The rest of the raw interface is for full-screen hosts.</summary>
internal sealed class ShellRawUI : PSHostRawUserInterface
{
    public override Size BufferSize { get => new(Terminal.Width, Terminal.Height); set => throw Unsupported(); }
    public override Size WindowSize { get => BufferSize; set => throw Unsupported(); }
    public override Size MaxPhysicalWindowSize => BufferSize;
    public override Size MaxWindowSize => BufferSize;
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
    public override int CursorSize { get; set; } = 25;
    public override Coordinates CursorPosition { get => throw Unsupported(); set => throw Unsupported(); }
    public override Coordinates WindowPosition { get => default; set => throw Unsupported(); }
    public override bool KeyAvailable => Console.KeyAvailable;

    public override string WindowTitle
    {
        get;
        set
        {
            field = value;
            if (Terminal.OutputIsTerminal) Console.Title = value;
        }
    } = "";

    public override void FlushInputBuffer()
    {
        while (Console.KeyAvailable) Console.ReadKey(intercept: true);
    }

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        var key = Console.ReadKey(intercept: options.HasFlag(ReadKeyOptions.NoEcho));
        var state = default(ControlKeyStates);
        if (key.Modifiers.HasFlag(ConsoleModifiers.Shift)) state |= ControlKeyStates.ShiftPressed;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Alt)) state |= ControlKeyStates.LeftAltPressed;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control)) state |= ControlKeyStates.LeftCtrlPressed;
        return new KeyInfo((int)key.Key, key.KeyChar, state, keyDown: options.HasFlag(ReadKeyOptions.IncludeKeyDown));
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    /// <summary>Clear-Host asks for the whole buffer to be filled; nothing else is supported.</summary>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (rectangle.Left != -1) throw Unsupported();
        if (Terminal.OutputIsTerminal) Console.Clear();
    }

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw Unsupported();

    private static NotSupportedException Unsupported() => new("This shell does not move the cursor or read the screen.");
}

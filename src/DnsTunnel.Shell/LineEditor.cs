namespace DnsTunnel.Shell;

/// <summary>
/// Edits one line at a terminal: history, completion that Tab cycles through, the usual Ctrl keys.
/// RadLine 0.6.0 was the alternative: a preview of 2022 that brings Spectre.Console (0.9 MB), and its completion replaces
/// whole words only, while PowerShell says which part of the line to replace.
/// </summary>
internal sealed class LineEditor(Func<string, int, LineCompletion?> complete)
{
    private readonly List<string> _history = [];
    private string _prompt = "";
    private string _text = "";
    private int _cursor;
    private int _historyIndex;
    private int _row;
    private (LineCompletion Found, string Before, int Choice)? _completing;

    public (LineResult Result, string Text) ReadLine(string prompt)
    {
        (_prompt, _text, _cursor, _row, _historyIndex, _completing) = (prompt, "", 0, 0, _history.Count, null);
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                // What is pasted need not be drawn key by key.
                if (!Console.KeyAvailable) Draw();
                var key = Console.ReadKey(intercept: true);
                var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
                switch (key.Key)
                {
                    case ConsoleKey.Enter:
                        return (LineResult.Entered, Finish(remember: true));
                    case ConsoleKey.C when control:
                        Finish(remember: false);
                        return (LineResult.Cancelled, "");
                    case ConsoleKey.D when control && _text.Length == 0:
                        Finish(remember: false);
                        return (LineResult.EndOfInput, "");
                    default:
                        Apply(key, control);
                        break;
                }
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private void Apply(ConsoleKeyInfo key, bool control)
    {
        if (key.Key == ConsoleKey.Tab)
        {
            CycleCompletion(key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? -1 : 1);
            return;
        }
        _completing = null;
        switch (key.Key)
        {
            case ConsoleKey.UpArrow: Recall(_historyIndex - 1); break;
            case ConsoleKey.DownArrow: Recall(_historyIndex + 1); break;
            case ConsoleKey.LeftArrow: _cursor = control ? WordStart() : Math.Max(0, _cursor - 1); break;
            case ConsoleKey.RightArrow: _cursor = control ? WordEnd() : Math.Min(_text.Length, _cursor + 1); break;
            case ConsoleKey.Home or ConsoleKey.A when key.Key == ConsoleKey.Home || control: _cursor = 0; break;
            case ConsoleKey.End or ConsoleKey.E when key.Key == ConsoleKey.End || control: _cursor = _text.Length; break;
            case ConsoleKey.Backspace: Replace(control ? WordStart() : Math.Max(0, _cursor - 1), _cursor, ""); break;
            case ConsoleKey.W when control: Replace(WordStart(), _cursor, ""); break;
            case ConsoleKey.Delete or ConsoleKey.D when key.Key == ConsoleKey.Delete || control:
                Replace(_cursor, Math.Min(_text.Length, _cursor + 1), "");
                break;
            case ConsoleKey.U when control: Replace(0, _cursor, ""); break;
            case ConsoleKey.K when control: Replace(_cursor, _text.Length, ""); break;
            case ConsoleKey.Escape: Replace(0, _text.Length, ""); break;
            case ConsoleKey.L when control:
                Console.Out.Write("\e[2J\e[H");
                _row = 0;
                break;
            default:
                if (!char.IsControl(key.KeyChar)) Replace(_cursor, _cursor, key.KeyChar.ToString());
                break;
        }
    }

    private void CycleCompletion(int step)
    {
        if (_completing is not { } state)
        {
            if (complete(_text, _cursor) is not { } found) return;
            state = (found, _text, step > 0 ? -1 : 0);
        }
        var count = state.Found.Choices.Count;
        state.Choice = (state.Choice + step + count) % count;
        _text = state.Before;
        Replace(state.Found.Start, state.Found.Start + state.Found.Length, state.Found.Choices[state.Choice]);
        _completing = state;
    }

    private void Recall(int index)
    {
        if (index < 0 || index > _history.Count) return;
        _historyIndex = index;
        _text = index == _history.Count ? "" : _history[index];
        _cursor = _text.Length;
    }

    private void Replace(int start, int end, string with)
    {
        _text = string.Concat(_text.AsSpan(0, start), with, _text.AsSpan(end));
        _cursor = start + with.Length;
    }

    private int WordStart()
    {
        var at = _cursor;
        while (at > 0 && char.IsWhiteSpace(_text[at - 1])) at--;
        while (at > 0 && !char.IsWhiteSpace(_text[at - 1])) at--;
        return at;
    }

    private int WordEnd()
    {
        var at = _cursor;
        while (at < _text.Length && !char.IsWhiteSpace(_text[at])) at++;
        while (at < _text.Length && char.IsWhiteSpace(_text[at])) at++;
        return at;
    }

    /// <summary>
    /// Draws from the prompt's row with relative moves only: to ask a terminal where its cursor is means to wait for an
    /// answer among the keys typed.
    /// </summary>
    private void Draw()
    {
        var width = Terminal.Width;
        var end = _prompt.Length + _text.Length;
        var target = _prompt.Length + _cursor;
        // A full last row leaves the cursor in its last column; the space takes it to the next one.
        var filler = end % width == 0 ? " \b" : "";
        Console.Out.Write(
            $"{Up(_row)}\r\e[J{_prompt}{_text}{filler}{Up((end / width) - (target / width))}\r{(target % width > 0 ? $"\e[{target % width}C" : "")}");
        _row = target / width;
    }

    private static string Up(int rows) => rows > 0 ? $"\e[{rows}A" : "";

    private string Finish(bool remember)
    {
        _cursor = _text.Length;
        Draw();
        Console.Out.WriteLine();
        if (remember && !string.IsNullOrWhiteSpace(_text) && (_history.Count == 0 || _history[^1] != _text)) _history.Add(_text);
        return _text;
    }
}

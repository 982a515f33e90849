using System.Text;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.PowerShell;

/// <summary>A command of PowerShell as text, each value quoted.</summary>
internal sealed class CommandText(string name)
{
    private readonly StringBuilder _text = new(name);

    public CommandText Add(string parameter)
    {
        _text.Append(" -").Append(parameter);
        return this;
    }

    public CommandText Add(string parameter, string value)
    {
        _text.Append(" -").Append(parameter).Append(' ').Append(PowerShellText.Quote(value));
        return this;
    }

    public CommandText Add(string parameter, IEnumerable<string> values)
    {
        _text.Append(" -").Append(parameter).Append(' ').Append(PowerShellText.Array(values));
        return this;
    }

    public string Write() => _text.ToString();
}

using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Domains;

/// <summary>
/// A new file in a folder that a server reads its configuration from, as a step of scripts. It is ours by the id in its name. While
/// the server is told of its removal it has a name that servers pass over, so that undo knows where it was when it was killed.
/// </summary>
internal sealed class ConfigurationFile(string folder, string id)
{
    private const string End = "END";

    /// <summary>The path, as a word of a script.</summary>
    public string Path => ShellText.Quote($"{folder.TrimEnd('/')}/dnstunnel-{id}.conf");

    private string NewPath => Hidden("new");

    private string OldPath => Hidden("old");

    /// <summary>The step that writes the file and tells the server.</summary>
    /// <param name="lines">What is in it.</param>
    /// <param name="before">A script, with its last line end, that ends with an error when the file must not be written; or empty.</param>
    /// <param name="tell">A command that succeeds when the server has taken the file up.</param>
    /// <param name="untell">A script that succeeds when the server has given it up; the file has another name by then.</param>
    public ScriptStep Step(string[] lines, string before, string tell, string untell)
    {
        var undo =
            $"""
            rm -f {NewPath}
            if [ -e {Path} ]; then mv -f {Path} {OldPath} || exit 1; fi
            if [ -e {OldPath} ]; then
            {untell}
            rm -f {OldPath}
            fi
            """;
        var content = string.Join('\n', lines);
        return new(ScriptLanguage.Shell,
            $$"""
            {{before}}if [ -e {{Path}} ]; then echo 'There is a file '{{Path}}' already.' >&2; exit 1; fi
            umask 022
            cat > {{NewPath}} <<'{{End}}' || exit 1
            {{content}}
            {{End}}
            mv -f {{NewPath}} {{Path}} || exit 1
            {{tell}} || {
            {{undo}}
            exit 1
            }
            """,
            $"""
            if [ ! -e {Path} ]; then echo {ScriptStep.Absent}
            elif [ "$(cat {Path})" = {ShellText.Quote(content)} ]; then echo whole
            else echo changed
            fi
            """,
            undo,
            finishes: true);
    }

    private string Hidden(string extension) => ShellText.Quote($"{folder.TrimEnd('/')}/.dnstunnel-{id}.{extension}");
}

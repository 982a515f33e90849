using DnsTunnel.Response;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Tests.Response;

public sealed class ShellTextTests
{
    [Fact]
    public void Every_value_is_one_word_for_a_real_shell()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("there is no POSIX shell");
        foreach (var value in Hostile.Labels.Where(l => !l.Contains('\0')).Append("").Append("-n").Append("'\\''").Append(new string('\'', 255)))
        {
            var result = new LocalScriptRunner().Run(ScriptLanguage.Shell, $"printf '%s|' {ShellText.Quote(value)} end", TestContext.Current.CancellationToken);
            Assert.Equal((0, $"{value}|end|"), (result.ExitCode, result.Output));
        }
    }

    [Fact]
    public void A_NUL_is_refused() => Assert.Equal(ResponseError.ValueNotUsable, Assert.Throws<ResponseException>(() => ShellText.Quote("a\0b")).Error);
}

using DnsTunnel.Response;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Tests.Response;

public sealed class ScriptStepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptStep _step;

    public ScriptStepTests()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("runs scripts of the POSIX shell");
        _step = new(ScriptLanguage.Shell, $"echo made > {FilePath}", $"cat {FilePath} 2> /dev/null || echo absent", $"rm {FilePath}");
    }

    private static StepContext Context => new(new LocalScriptRunner(), TestContext.Current.CancellationToken);

    private string FilePath => _folder.File("file");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_journal_makes_it_anew()
    {
        Assert.Null(_step.Inspect(Context));
        _step.Apply(Context);
        var again = StepKinds.Create(StepRecord.From(_step));

        Assert.Equal("made", again.Inspect(Context));
        Assert.Null(again.Undo("made", Context));
        Assert.False(File.Exists(FilePath));
        Assert.Equal("It was not there any more.", again.Undo("made", Context));
    }

    [Fact]
    public void What_others_changed_stays_unless_forced()
    {
        _step.Apply(Context);
        File.WriteAllText(FilePath, "theirs");

        Assert.Equal(ResponseError.ResponseChanged, Assert.Throws<ResponseException>(() => _step.Undo("made", Context)).Error);
        Assert.True(File.Exists(FilePath));
        Assert.Contains("Others had changed", _step.Undo("made", Context with { Force = true }));
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void A_command_that_fails_says_why()
    {
        var exception = Assert.Throws<ResponseException>(() => new ScriptStep(ScriptLanguage.Shell, "echo because >&2; exit 3", "", "").Apply(Context));
        Assert.Contains("exit code 3: because", exception.Message);
    }

    [Fact]
    public void A_file_of_ours_is_made_and_removed_and_one_of_others_is_not()
    {
        var step = StepKinds.Create(StepRecord.From(new FileStep(FilePath, ["a", "b"])));
        step.Apply(Context);
        Assert.Equal("a\nb\n", File.ReadAllText(FilePath));
        Assert.Equal("whole", step.Inspect(Context));
        Assert.Equal(ResponseError.FileNotUsable, Assert.Throws<ResponseException>(() => step.Apply(Context)).Error);

        File.AppendAllText(FilePath, "theirs");
        Assert.Equal(ResponseError.ResponseChanged, Assert.Throws<ResponseException>(() => step.Undo("whole", Context)).Error);
        File.WriteAllText(FilePath, "a\nb\n");
        Assert.Null(step.Undo("whole", Context));
        Assert.NotNull(step.Undo("whole", Context));
    }

    [Fact]
    public void A_server_is_told_after_the_change_and_after_its_end()
    {
        var log = _folder.File("log");
        var step = StepKinds.Create(StepRecord.From(new ReloadedStep(new FileStep(FilePath, ["a"]), ScriptLanguage.Shell, $"test -e {FilePath}; echo $? >> {log}")));
        step.Apply(Context);
        step.Undo("whole", Context);

        Assert.Equal(["0", "1"], File.ReadAllLines(log));
        Assert.EndsWith("Tell the server by hand.", new ReloadedStep(new FileStep(FilePath, ["a"]), ScriptLanguage.Shell, "exit 2").Undo("whole", Context));
    }
}

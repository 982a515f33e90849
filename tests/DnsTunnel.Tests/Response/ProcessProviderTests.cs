using System.Diagnostics;
using DnsTunnel.Response;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Processes;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Tests.Response;

public sealed class ProcessProviderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalScriptRunner _runner = new();
    private readonly Process _process;

    public ProcessProviderTests()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("stops processes of Linux");
        _process = Programs.Start("sleep", "600");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ResponseService Service => new(new ResponseJournal(_folder.File("responses.jsonl")));

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_process_is_stopped_and_there_is_no_way_back()
    {
        var identity = Find(_process.StartTime);
        Assert.Equal("sleep", identity.Name);
        var response = Stop(identity).Response;

        Assert.True(_process.WaitForExit(1000));
        Assert.Equal((DnsTunnelResponseStatus.Applied, identity.Target), (response.Status, response.Target));
        Assert.False(Stop(identity).Changed);
        Assert.Equal(ResponseError.ResponseIrreversible, Assert.Throws<ResponseException>(() => Service.Undo(response.Id, Token)).Error);
        Assert.True(ProcessIdentity.IsTarget(response.Target, _process.Id, identity.Started.AddSeconds(1)));
        Assert.False(ProcessIdentity.IsTarget(response.Target, _process.Id, identity.Started.AddSeconds(5)));
    }

    [Fact]
    public void A_start_that_is_not_the_one_meant_is_refused()
    {
        var exception = Assert.Throws<ResponseException>(() => Find(_process.StartTime.AddSeconds(-10)));
        Assert.Equal(ResponseError.ProcessNotFound, exception.Error);
        Assert.Contains("used again", exception.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_that_took_the_id_over_since_goes_on(bool exact)
    {
        var identity = Find(null);
        var former = exact ? identity with { Ticks = identity.Ticks - 1 } : identity with { Ticks = null, Started = identity.Started.AddSeconds(-10) };

        Assert.Equal(ResponseError.CommandFailed, Assert.Throws<ResponseException>(() => Stop(former)).Error);
        Assert.Equal("S", State());
    }

    [Fact]
    public void A_script_that_knows_the_second_alone_stops_it_too()
    {
        Stop(Find(null) with { Ticks = null });
        Assert.True(_process.WaitForExit(1000));
    }

    [Fact]
    public void There_is_no_process_of_an_id_that_nobody_has() =>
        Assert.Equal(ResponseError.ProcessNotFound, Assert.Throws<ResponseException>(() => ProcessIdentity.Find(_runner, DnsTunnelPlatform.Linux, 1 << 30, null, Token)).Error);

    [Fact]
    public void This_process_and_those_above_it_are_known()
    {
        Assert.True(OwnProcesses.Contains(Environment.ProcessId));
        Assert.True(OwnProcesses.Contains(1));
        Assert.False(OwnProcesses.Contains(_process.Id));
    }

    private string State() => File.ReadAllText($"/proc/{_process.Id}/stat").Split(") ")[1][..1];

    private ProcessIdentity Find(DateTime? started) => ProcessIdentity.Find(_runner, DnsTunnelPlatform.Linux, _process.Id, started, Token);

    private ResponseOutcome Stop(ProcessIdentity identity) =>
        Service.Apply(new ProcessProvider(identity, DnsTunnelPlatform.Linux), new ResponseRequest(DnsTunnelAction.StopProcess, identity.Target), Token);
}

namespace DnsTunnel.PowerShell.Tests;

/// <summary>The helpers themselves: a recorder that loses what was written would make other tests pass.</summary>
public sealed class ModuleSessionTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleSession _session = fixture.Session;

    [Fact]
    public void Run_returns_output_and_keeps_errors_apart()
    {
        var output = _session.Run("1; Get-Command -Name no-such-command; 2");

        Assert.Equal([1, 2], output.Select(o => (int)o.BaseObject));
        Assert.Equal("CommandNotFoundException", Assert.Single(_session.Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void Run_passes_parameters_as_objects() =>
        Assert.Equal("it's \"$quoted\"", _session.Run("param($Text) $Text", ("Text", "it's \"$quoted\""))[0].BaseObject);

    [Fact]
    public void RunWith_feeds_the_pipeline() =>
        Assert.Equal([2, 3], _session.RunWith([1, 2], "$input | ForEach-Object { $_ + 1 }").Select(o => (int)o.BaseObject));

    [Fact]
    public void RunToError_gives_the_terminating_error() =>
        Assert.Equal("boom", _session.RunToError("throw 'boom'").FullyQualifiedErrorId);

    [Fact]
    public void Show_formats_for_the_host() => Assert.Contains("DnsTunnel", _session.Show("Get-Module -Name DnsTunnel"));

    [Fact]
    public void Confirmation_is_answered_from_the_script_and_recorded()
    {
        const string Script = "function f { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() $PSCmdlet.ShouldProcess('x') } f";
        _session.Host.Recorded.Clear();
        _session.Host.Recorded.Answers.Enqueue("No");

        Assert.Equal(false, _session.Run(Script)[0].BaseObject);
        Assert.Contains("Confirm", Assert.Single(_session.Host.Recorded.Prompts));
    }
}

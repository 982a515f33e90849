using System.Text;

namespace DnsTunnel.PowerShell.Tests;

public sealed class NewDnsTunnelModelTests : IDisposable
{
    private readonly ModuleSession _session = new();
    private readonly Captures _captures = new();
    private readonly string _manifest;

    public NewDnsTunnelModelTests()
    {
        _captures.Copy(Captures.Iodine, "iodine.pcap.gz");
        _captures.Copy(Captures.Dns2tcp, "dns2tcp.pcap");
        _captures.Copy(Captures.Windows, "office.pcap");
        _manifest = Write("manifest.tsv", "path\tlabel\ttunnel_domain\niodine.pcap.gz\ttunnel\ttunnel.test\ndns2tcp.pcap\ttunnel\ttunnel.example\noffice.pcap\tbenign\t\n");
    }

    public void Dispose()
    {
        _session.Dispose();
        _captures.Dispose();
    }

    [Fact]
    public void The_same_captures_give_the_same_bytes()
    {
        var (one, two) = (PathOf("one.json"), PathOf("two.json"));
        var written = Assert.Single(Train(one));
        Assert.Empty(_session.Errors);
        Assert.Equal(one, Assert.IsType<FileInfo>(written.BaseObject).FullName);
        Train(two);
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(two));
    }

    [Fact]
    public void It_names_what_it_was_trained_on_and_can_be_used()
    {
        Train(PathOf("own.json"));
        var text = File.ReadAllText(PathOf("own.json"));
        Assert.All(["iodine.pcap.gz", "dns2tcp.pcap", "office.pcap"], name => Assert.Contains($"\"{name}\"", text, StringComparison.Ordinal));
        Assert.DoesNotContain(_captures.Temporary, text, StringComparison.Ordinal);
        var domains = _session.Run("param($d, $m) Test-DnsTunneling -Path $d -Model $m | ForEach-Object Domain", ("d", _captures.Temporary + "/*.pcap*"), ("m", PathOf("own.json")));
        Assert.Equal(["tunnel.example", "tunnel.test"], domains.Select(d => d.ToString()).Order());
    }

    [Theory]
    [InlineData("path\tlabel\noffice.pcap\tbenign\n")]
    [InlineData("path\tlabel\ttunnel_domain\niodine.pcap.gz\ttunnel\ttunnel.test\n")]
    [InlineData("path\tlabel\noffice.pcap\tmostly benign\n")]
    public void Without_tunnels_or_without_others_there_is_nothing_to_train_on(string manifest)
    {
        var error = ErrorOf("param($m, $d) New-DnsTunnelModel $m $d -WarningAction SilentlyContinue", ("m", Write("part.tsv", manifest)), ("d", PathOf("none.json")));
        Assert.StartsWith("NothingToTrainOn,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotNull(error.ErrorDetails.RecommendedAction);
        Assert.False(File.Exists(PathOf("none.json")));
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_with_Force_alone()
    {
        var path = Write("there.json", "mine");
        var error = ErrorOf("param($m, $d) New-DnsTunnelModel $m $d", ("m", _manifest), ("d", path));
        Assert.StartsWith("FileExists,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(path));
        _session.Run("param($m, $d) New-DnsTunnelModel $m $d -Force", ("m", _manifest), ("d", path));
        Assert.StartsWith("{", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_reads_and_writes_nothing()
    {
        Assert.Empty(_session.Run("param($m, $d) New-DnsTunnelModel $m $d -WhatIf", ("m", _manifest), ("d", PathOf("no.json"))));
        Assert.False(File.Exists(PathOf("no.json")));
        Assert.Contains(PathOf("no.json"), _session.Host.Recorded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error()
    {
        var error = ErrorOf("param($m, $d) New-DnsTunnelModel $m $d", ("m", _manifest), ("d", PathOf("no/such/model.json")));
        Assert.StartsWith("FileNotWritable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-DnsTunneling -Path $c -Model $m")]
    [InlineData("Measure-DnsTunnelModel -Path $c -Model $m")]
    public void A_model_that_is_none_ends_the_command_and_is_named(string command)
    {
        var error = ErrorOf("param($c, $m) " + command, ("c", _manifest), ("m", Write("bad.json", "{\"format\": \"other\"}")));
        Assert.StartsWith("ModelNotReadable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("bad.json", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("format", error.Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("ModelNotReadable,", ErrorOf("param($c, $m) " + command, ("c", _manifest), ("m", PathOf("missing.json"))).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void LeaveOneOut_judges_each_tool_by_a_model_without_it()
    {
        var found = _session.Run("param($m) Measure-DnsTunnelModel $m -Rule DnsTunnel -LeaveOneOut", ("m", _manifest));
        Assert.Equal([true, true, null], found.Select(m => m.Properties["Found"].Value));
        var scores = _session.Run("param($m) Measure-DnsTunnelModel $m -Rule DnsTunnel", ("m", _manifest)).Select(m => m.Properties["Score"].Value);
        Assert.NotEqual(scores, found.Select(m => m.Properties["Score"].Value));
    }

    [Fact]
    public void LeaveOneOut_says_when_nothing_is_left_to_train_on()
    {
        var manifest = Write("two.tsv", "path\tlabel\ttunnel_domain\tgroup\niodine.pcap.gz\ttunnel\ttunnel.test\t\noffice.pcap\tbenign\t\toffice\n");
        Assert.Equal(2, _session.Run("param($m) Measure-DnsTunnelModel $m -Rule DnsTunnel -LeaveOneOut", ("m", manifest)).Count);
        Assert.Contains(_session.Warnings, w => w.Contains("'iodine'", StringComparison.Ordinal));
        Assert.Contains(_session.Warnings, w => w.Contains("'office'", StringComparison.Ordinal));
    }

    private List<System.Management.Automation.PSObject> Train(string path) => _session.Run("param($m, $d) New-DnsTunnelModel -Path $m -Destination $d", ("m", _manifest), ("d", path));

    private System.Management.Automation.ErrorRecord ErrorOf(string script, params (string Name, object? Value)[] parameters) =>
        _session.RunToError(script.Replace(") ", ") $ErrorActionPreference = 'Stop'; ", StringComparison.Ordinal), parameters);

    private string PathOf(string name) => Path.Combine(_captures.Temporary, name);

    private string Write(string name, string text) => _captures.Write(name, Encoding.UTF8.GetBytes(text));
}

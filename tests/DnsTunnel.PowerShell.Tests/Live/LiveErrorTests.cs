using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>What keeps a live capture from being had is one error with the way out.</summary>
public sealed class LiveErrorTests
{
    private const string Show = "try { Start-DnsCapture -Interface lo -Duration 0:0:1 -ErrorAction Stop } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.RecommendedAction }";

    public LiveErrorTests() => LiveRequirements.Capture();

    [Fact]
    public void A_missing_interface_is_an_error_that_names_the_others_and_the_rest_goes_on()
    {
        using var session = new ModuleSession();
        session.Run("Start-DnsCapture -Interface nothing0, lo -Port 9 -Duration 0:0:0.2");
        var error = Assert.Single(session.Errors);
        Assert.StartsWith("CaptureInterfaceNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("nothing0", error.TargetObject);
        Assert.Matches("There are: .*lo", error.Exception.Message);
        Assert.Single(session.Warnings);
    }

    [Fact]
    public void A_bad_filter_is_one_error_with_the_message_of_pcap()
    {
        using var session = new ModuleSession();
        session.Run("Start-DnsCapture -Interface lo, any -Filter 'port fifty'");
        var error = Assert.Single(session.Errors);
        Assert.StartsWith("CaptureFilterNotValid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("port fifty", error.TargetObject);
        Assert.Contains("unknown port 'fifty'", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-BufferSize 1024")]
    [InlineData("-Duration 10")]
    [InlineData("-Count 0")]
    [InlineData("-Filter ''")]
    public void Values_out_of_range_are_refused(string parameter)
    {
        using var session = new ModuleSession();
        session.Run("Start-DnsCapture -Interface lo " + parameter);
        Assert.StartsWith("ParameterArgumentValidationError", Assert.Single(session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_right_to_capture_the_error_says_how_to_get_it()
    {
        var lines = Run([LiveRequirements.Program("setpriv", "util-linux"), "--bounding-set=-net_raw", "dotnet", ShellProcess.Path, "-Command", Show]);
        Assert.StartsWith("CaptureNotPermitted,", lines[0], StringComparison.Ordinal);
        Assert.Matches("setcap cap_net_raw,cap_net_admin=eip '/.*dotnet'", lines[1]);
    }

    [Fact]
    public void Without_libpcap_the_error_names_the_package_and_files_are_read()
    {
        LiveRequirements.Program("unshare", "util-linux");
        // The library is hidden from this process alone, in a mount namespace of its own.
        const string Hide = "for f in $(ldconfig -p | grep -o '/[^ ]*libpcap[^ ]*'); do mount --bind /dev/null \"$(readlink -f \"$f\")\" || exit 9; done; exec \"$@\"";
        var lines = Run(["unshare", "-m", "sh", "-c", Hide, "sh", "dotnet", ShellProcess.Path, "-Command",
            $"{Show}; @(Start-DnsCapture -Path '{Captures.Dns2tcp}').Count; @(try {{ Get-DnsCaptureInterface -ErrorAction Stop }} catch {{ $_.FullyQualifiedErrorId }})"]);
        Assert.StartsWith("CaptureLibraryMissing,", lines[0], StringComparison.Ordinal);
        Assert.Contains("apt install libpcap0.8", lines[1], StringComparison.Ordinal);
        Assert.Equal("1240", lines[2]);
        Assert.StartsWith("CaptureLibraryMissing,", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_a_file_loads_neither_SharpPcap_nor_libpcap()
    {
        var lines = Run(["dotnet", ShellProcess.Path, "-Command",
            $"@(Start-DnsCapture -Path '{Captures.Dns2tcp}').Count; [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object {{ $_.GetName().Name }}; [IO.File]::ReadAllText('/proc/self/maps')"]);
        Assert.Equal("1240", lines[0]);
        Assert.Contains("DnsTunnel", lines);
        Assert.DoesNotContain(lines, line => line.Contains("pcap", StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Run(string[] command)
    {
        using var process = ShellProcess.Start(command[0], command[1..]);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

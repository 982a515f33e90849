using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using DnsTunnel.Response;
using DnsTunnel.Response.Rpz;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.Properties;

/// <summary>A step that is made, kept in the journal and taken back leaves the folder as it was: names, bytes and modes.</summary>
public sealed class StepProperties
{
    private const int Rounds = 100;

    private static readonly StepContext s_context = new(new LocalScriptRunner(), CancellationToken.None);

    private static readonly Gen<string[]> s_lines = Gen.Char.Where(c => c is not ('\r' or '\n') && !char.IsSurrogate(c)).Array[0, 30].Select(c => new string(c)).Array[0, 6];

    private static readonly Gen<UnixFileMode> s_mode = Gen.OneOfConst(
        UnixFileMode.UserRead | UnixFileMode.UserWrite,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead);

    /// <summary>A file of others, whatever it holds.</summary>
    private static readonly Gen<(byte[] Content, UnixFileMode Mode)> s_file = Gen.Select(Gen.Byte.Array[0, 200], s_mode);

    [Fact]
    public void A_file_that_was_made_is_gone() => Gen.Select(s_lines, s_file).Sample((lines, other) =>
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("other.conf"), other);
        var before = Everything(folder);

        var step = new FileStep(folder.File("ours.conf"), lines);
        step.Apply(s_context);
        var left = step.Inspect(s_context);

        Assert.Equal("whole", left);
        Assert.Equal(string.Concat(lines.Select(l => l + "\n")), File.ReadAllText(folder.File("ours.conf")));
        Assert.Null(FromJournal(step).Undo(left, s_context));
        Assert.Equal(before, Everything(folder));
    }, iter: Rounds);

    [Fact]
    public void A_file_that_is_there_already_is_not_touched() => Gen.Select(s_lines, s_file).Sample((lines, other) =>
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("ours.conf"), other);
        var before = Everything(folder);

        Assert.Throws<ResponseException>(() => new FileStep(folder.File("ours.conf"), lines).Apply(s_context));
        Assert.Equal(before, Everything(folder));
    }, iter: Rounds);

    [Fact]
    public void A_file_that_others_changed_since_stays_unless_undo_is_forced() => Gen.Select(s_lines, s_file).Sample((lines, other) =>
    {
        using var folder = new TemporaryFolder();
        var before = Everything(folder);
        var step = new FileStep(folder.File("ours.conf"), lines);
        step.Apply(s_context);
        if (File.ReadAllBytes(folder.File("ours.conf")).AsSpan().SequenceEqual(other.Content)) return;
        Write(folder.File("ours.conf"), other);
        var changed = Everything(folder);

        Assert.Throws<ResponseException>(() => FromJournal(step).Undo("whole", s_context));
        Assert.Equal(changed, Everything(folder));
        Assert.Null(FromJournal(step).Undo("whole", s_context with { Force = true }));
        Assert.Equal(before, Everything(folder));
    }, iter: Rounds);

    [Fact]
    public void A_zone_has_its_bytes_and_its_mode_again() => Gen.Select(Gen.OneOfConst("", "; theirs", "a.example CNAME .", "t TXT \"\u00fc\"").Array[0, 8], Gen.OneOfConst("\n", "\r\n"), s_mode).Sample((theirs, end, mode) =>
    {
        using var folder = new TemporaryFolder();
        var zone = folder.File("zone");
        var content = Encoding.Latin1.GetBytes(string.Concat(theirs.Prepend("@ SOA ns. host. 1 1 1 1 1").Prepend("$ORIGIN rpz.test.").Select(l => l + end)));
        Write(zone, (content, mode));
        var before = Everything(folder);

        var step = new RpzStep(zone, new ZoneLines("0123abcd", new ZoneFile(content, zone, RpzFile.Today).LinesFor(Hostile.Domain("tunnel.example"), "0123abcd")));
        step.Apply(s_context);
        Assert.NotEqual(before, Everything(folder));
        Assert.Null(FromJournal(step).Undo(step.Inspect(s_context), s_context));
        Assert.Equal(before, Everything(folder));
    }, iter: Rounds);

    private static IResponseStep FromJournal(IResponseStep step) => StepKinds.Create(StepRecord.From(step));

    private static void Write(string path, (byte[] Content, UnixFileMode Mode) file)
    {
        File.WriteAllBytes(path, file.Content);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, file.Mode);
    }

    /// <summary>Every file but locks; the serial of a zone goes on, for secondaries follow it.</summary>
    private static IEnumerable<string> Everything(TemporaryFolder folder) =>
    [
        .. Directory.EnumerateFiles(folder.Path)
            .Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(f => $"{Path.GetFileName(f)} {(OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(f))} {WithoutSerial(File.ReadAllBytes(f))}"),
    ];

    private static string WithoutSerial(byte[] content) => Regex.Replace(Encoding.Latin1.GetString(content), @"(?<=SOA ns\. host\. )\d+", "N");
}

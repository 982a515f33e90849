using DnsTunnel.Exceptions;
using DnsTunnel.History;
using DnsTunnel.Models;
using DnsTunnel.Monitoring;
using DnsTunnel.Names;
using DnsTunnel.Response;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Rpz;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Fuzz.Targets;

/// <summary>Files that this module wrote, or a user chose, and that others may have changed since.</summary>
internal static class StateFiles
{
    private static readonly string s_folder = Directory.CreateTempSubdirectory("dnstunnel-fuzz-").FullName;

    static StateFiles() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(s_folder, recursive: true);

    public static long ReadModel(byte[] bytes) => Count<InvalidDataException>(() =>
    {
        var model = ModelFile.Parse(bytes);
        ModelFile.Parse(ModelFile.Write(model));
        return model.Shapes.Count;
    });

    public static long ReadExceptions(byte[] bytes) => Count<InvalidDataException>(() =>
    {
        var exceptions = ExceptionText.Read(bytes);
        foreach (var exception in exceptions) Count<ExceptionListException>(() => ExceptionRuleParser.Parse(exception, PublicSuffixList.Default) is null ? 0 : 1);
        ExceptionText.Read(ExceptionText.Write(exceptions));
        return exceptions.Length;
    });

    public static long ReadJournal(byte[] bytes) => Count<ResponseException>(() =>
    {
        var content = JournalContent.Parse(bytes, "fuzz");
        // Undo makes the steps from the journal, so reading them is part of reading it.
        foreach (var step in content.Responses.SelectMany(r => r.Steps)) Count<ResponseException>(() => StepKinds.Create(step) is null ? 0 : 1);
        return content.Responses.Count;
    });

    public static long ReadZone(byte[] bytes) => Count<ResponseException>(() => new ZoneFile(bytes, "fuzz", new DateOnly(2026, 6, 5)).ZoneName is null ? 1 : 2);

    public static long ReadLedger(byte[] bytes) => InFile(bytes, "ledger", path =>
    {
        using var ledger = FindingLedger.Open(path);
        ledger.ForgetBefore(new DateTime(2026, 6, 5, 0, 0, 0, DateTimeKind.Utc));
        ledger.SilenceTold = null;
        ledger.Save();
        return ledger.SetAside is null ? 1 : 0;
    });

    public static long ReadHistory(byte[] bytes) => InFile(bytes, "history", path => Count<HistoryException>(() => new HistoryFile(path).Read(connection =>
    {
        var reader = new HistoryReader(connection);
        var domains = reader.Domains();
        foreach (var domain in domains.Take(100)) reader.Find(domain, path);
        return domains.Count;
    })));

    private static long Count<TExpected>(Func<long> read)
        where TExpected : Exception
    {
        try
        {
            return read();
        }
        catch (TExpected)
        {
            return 0;
        }
    }

    private static long InFile(byte[] bytes, string name, Func<string, long> read)
    {
        var folder = Directory.CreateDirectory(Path.Combine(s_folder, name));
        try
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllBytes(path, bytes);
            return read(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

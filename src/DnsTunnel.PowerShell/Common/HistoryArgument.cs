using System.Management.Automation;
using DnsTunnel.ClickHouse;
using DnsTunnel.History;
using DnsTunnel.Monitoring;

namespace DnsTunnel.PowerShell;

/// <summary>The value of -HistoryPath, and what cmdlets do with the history.</summary>
internal sealed class HistoryArgument(PSCmdlet cmdlet, string? path)
{
    private readonly HistoryFile _file = new(path is null ? DefaultPaths.History : FileArgument.Resolve(cmdlet, path));

    public string FilePath => _file.FilePath;

    public bool Exists => _file.Exists;

    /// <summary>What is known of a domain, with the days of a store of queries in place of the file's; null for nothing.</summary>
    public DnsDomainHistory? Find(string domain, StoreArgument? store, CancellationToken cancellation)
    {
        var history = Read(reader => reader.Find(domain, FilePath));
        store?.Attempt(() => history = new StoredHistory(store.Store).Find(domain, history, $"{store}", cancellation));
        return history;
    }

    /// <summary>Reads from it; a failure is an error and gives nothing.</summary>
    /// <param name="read">What to read.</param>
    /// <param name="isWrittenNext">Whether a corrupt file is about to be put aside, with a warning of its own.</param>
    public T? Read<T>(Func<HistoryReader, T> read, bool isWrittenNext = false)
    {
        try
        {
            return _file.Exists ? _file.Read(connection => read(new HistoryReader(connection))) : default;
        }
        catch (HistoryException exception)
        {
            if (!exception.IsCorrupt || !isWrittenNext) cmdlet.WriteError(Errors.HistoryNotReadable(FilePath, exception));
            return default;
        }
    }

    /// <summary>For one that reads it again and again; that there is none is an error where none will be made.</summary>
    public MonitorHistory ForMonitor(bool isUpdated)
    {
        if (!Exists && !isUpdated) cmdlet.WriteError(Errors.HistoryNotFound(FilePath));
        return new MonitorHistory(_file, isUpdated);
    }

    /// <summary>Writes a run to it; a failure is an error, and the findings are not lost for it.</summary>
    public void Update(Func<IEnumerable<DomainVolume[]>> windows, IReadOnlyCollection<DnsTunnelFinding> findings, CancellationToken cancellation)
    {
        try
        {
            var aside = _file.Write((connection, transaction) => new HistoryWriter(connection, transaction).Write(windows(), findings), cancellation);
            if (aside is not null) cmdlet.WriteWarning($"The history '{Printable.Text(FilePath)}' was corrupt. It lies at '{Printable.Text(aside)}' now, and a new one begins with this run.");
        }
        catch (HistoryException exception)
        {
            cmdlet.WriteError(Errors.HistoryNotWritable(FilePath, exception));
        }
    }
}

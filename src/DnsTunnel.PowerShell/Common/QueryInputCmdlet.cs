using System.Management.Automation;
using DnsTunnel.Logs;
using DnsTunnel.Logs.Objects;

namespace DnsTunnel.PowerShell;

/// <summary>A cmdlet that takes queries from files by parameter, and from the pipeline as objects of many kinds.</summary>
public abstract class QueryInputCmdlet : QueryFileCmdlet
{
    protected const string InputObjectSet = "InputObject";

    private static readonly string[] s_pathProperties = ["PSPath", "FullName", "LiteralPath", "Path"];

    private static readonly string[] s_otherProperties = [nameof(DomainVolume.InformationBytes), nameof(DnsTunnelFinding.BytesOut)];

    private QueryObjectReader? _reader;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The zone of times of objects that come without one.</summary>
    private protected virtual TimeZoneInfo ObjectTimeZone => TimeZoneInfo.Utc;

    private QueryObjectReader Reader
    {
        get
        {
            if (_reader is null)
            {
                _reader = new QueryObjectReader(ObjectTimeZone);
                KeepStatistics(_reader.Statistics);
            }
            return _reader;
        }
    }

    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                ReadPaths(Path, literal: false);
                break;
            case LiteralPathSet:
                ReadPaths(LiteralPath, literal: true);
                break;
            default:
                Take(InputObject);
                break;
        }
    }

    protected override void EndProcessing()
    {
        if (_reader is null) return;
        _reader.Complete();
        UseReady();
        Report("Input objects", _reader.Statistics);
    }

    /// <summary>Reads the files of paths.</summary>
    private protected abstract void ReadPaths(string[] paths, bool literal);

    /// <summary>Takes a query of the pipeline.</summary>
    /// <exception cref="FormatException">It cannot be used.</exception>
    private protected abstract void TakeQuery(DnsQuery query);

    /// <summary>Takes an object of another kind than queries and files; false when it is of no use.</summary>
    private protected virtual bool TryTake(PSObject item) => false;

    private void Take(PSObject? item)
    {
        switch (item?.BaseObject)
        {
            case DnsQuery query:
                Use(query);
                break;
            case FileSystemInfo file:
                ReadPaths([file.FullName], literal: true);
                break;
            case string { Length: > 0 } path:
                ReadPaths([path], literal: false);
                break;
            case not null when TryTake(item):
                break;
            case not (null or string or ValueType) when !IsOther(item):
                TakeByProperties(item);
                break;
            default:
                Refuse();
                break;
        }
    }

    /// <summary>Findings, volumes and responses have domains and times too, even as rows of a table, and are no queries.</summary>
    private static bool IsOther(PSObject item) =>
        s_otherProperties.Any(name => item.Properties[name] is not null) ||
        item.TypeNames.Any(name => name.Contains("DnsTunnel.", StringComparison.Ordinal) && !name.EndsWith(".DnsQuery", StringComparison.Ordinal));

    private void TakeByProperties(PSObject item)
    {
        if (EventObject.Is(item))
        {
            var read = EventObject.Read(item, Reader);
            if (read is not (LogLineStatus.Query or LogLineStatus.NoQuery)) Refuse(LogStatistics.Describe(read));
            UseReady();
            return;
        }

        var status = Reader.Read(ObjectProperties.Flatten(item, Reader.Knows), out var isCertain);
        // Objects that name a file, as Get-ChildItem's do after a Select-Object.
        var path = isCertain ? null : s_pathProperties.Select(name => ObjectProperties.Value(item, name)).OfType<string>().FirstOrDefault(p => p.Length > 0);
        if (path is not null) ReadPaths([path], literal: true);
        else if (status == LogLineStatus.Query) Use(Reader.Take());
        else Refuse(status == LogLineStatus.NoQuery ? null : LogStatistics.Describe(status));
    }

    private void UseReady()
    {
        while (Reader.TryTake(out var query)) Use(query);
    }

    private void Use(DnsQuery query)
    {
        try
        {
            TakeQuery(query);
        }
        catch (FormatException e)
        {
            Refuse(e.Message);
        }
    }

    private void Refuse(string? reason = null) =>
        WriteError(Errors.InputNotUsable(InputObject, reason ?? $"it is a {InputObject?.BaseObject.GetType().Name ?? "null"} that tells of no query and no file"));
}

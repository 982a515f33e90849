using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Rpz;

/// <summary>Lines in the file of a policy zone. All other bytes stay but the serial, which grows with undo too: servers take up no other change.</summary>
internal sealed class RpzStep(string path, ZoneLines lines) : IResponseStep
{
    /// <summary>The name in the journal.</summary>
    public const string KindName = "RpzLines";

    private const string PathKey = "path", IdKey = "id";

    private readonly RpzFile _file = new(path);

    public RpzStep(StepRecord record) : this(record.Value(PathKey), new ZoneLines(record.Value(IdKey), record.Changes))
    {
    }

    /// <summary>Works the lines out again when the file is held: others may have changed it since they were planned.</summary>
    public Func<ZoneFile, string[]>? LinesNow { get; init; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public string[] Changes => lines.Lines;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> State => new Dictionary<string, string> { [PathKey] = path, [IdKey] = lines.Id };

    /// <inheritdoc/>
    public void Apply(StepContext context)
    {
        using var held = _file.Lock(context.Token);
        var zone = _file.Read(mustExist: false);
        if (LinesNow?.Invoke(zone).SequenceEqual(lines.Lines) == false)
            throw new ResponseException(ResponseError.ZoneFileBusy, $"'{path}' was changed by others while the lines for it were worked out.");
        _file.Write(zone.With(lines.Lines, RpzFile.Today));
    }

    /// <inheritdoc/>
    public string? Inspect(StepContext context) => _file.Exists && _file.Read(mustExist: true).HasLines(lines) ? "whole" : null;

    /// <inheritdoc/>
    public string? Undo(string? left, StepContext context)
    {
        if (!_file.Exists) return "The zone file is gone.";
        using var held = _file.Lock(context.Token);
        var content = _file.Read(mustExist: true).Without(lines, RpzFile.Today, out var removed);
        if (content is null) return "Its lines were not in the zone file any more.";
        _file.Write(content);
        return removed == lines.Lines.Length ? null : $"Only {removed} of its {lines.Lines.Length} lines were still in the zone file.";
    }
}

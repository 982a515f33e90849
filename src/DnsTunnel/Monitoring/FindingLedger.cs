using System.Text.Json;
using DnsTunnel.Delivery;
using DnsTunnel.Response.Files;

namespace DnsTunnel.Monitoring;

/// <summary>Which findings were told, in a small file that outlives the process; one process at a time has it.</summary>
internal sealed class FindingLedger : IDisposable
{
    /// <summary>Fewer bytes in new names are no sign that a tunnel goes on.</summary>
    private const int MinBytes = 12;

    /// <summary>About 5 MB of file; the oldest are forgotten first.</summary>
    private const int MaxFindings = 1 << 14;

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly Dictionary<(string Domain, string? Client), ToldFinding> _told = [];
    private LedgerContent _content = new();
    private bool _isChanged;

    private FindingLedger(string path, FileStream held) => (_path, _lock) = (path, held);

    /// <summary>Where a file lies that could not be read and was set aside; null when there was none.</summary>
    public string? SetAside { get; private set; }

    /// <summary>When it was told that no queries come, UTC; null when they do.</summary>
    public DateTime? SilenceTold
    {
        get => _content.SilenceTold;
        set => (_content.SilenceTold, _isChanged) = (value, true);
    }

    /// <summary>The time of queries until which all that was found was told, UTC; null when nothing was looked at.</summary>
    public DateTime? LookedUntil
    {
        get => _content.LookedUntil;
        set => (_content.LookedUntil, _isChanged) = (value, true);
    }

    /// <summary>Opens the file, or begins one. A file that cannot be understood is set aside.</summary>
    /// <exception cref="IOException">It cannot be used, or another process has it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be used.</exception>
    public static FindingLedger Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var held = LockFile.Take(path + ".lock");
        var ledger = new FindingLedger(path, held);
        try
        {
            ledger.Read();
            return ledger;
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    /// <summary>How a finding is to be told; null when it is not to be.</summary>
    /// <param name="finding">As it is now.</param>
    /// <param name="now">The time of the latest query, UTC.</param>
    /// <param name="repeatAfter">After how long it is told again while it goes on.</param>
    public DnsTunnelFindingLife? LifeOf(DnsTunnelFinding finding, DateTime now, TimeSpan repeatAfter)
    {
        // Whether others of its tunnel were told before it depends on when it was looked at, so it is as new without them.
        if (Find(finding.Domain, finding.Client) is not { } told) return DnsTunnelFindingLife.New;
        told.LastSeen = finding.LastSeen > told.LastSeen ? finding.LastSeen : told.LastSeen;
        // A domain more is one more to block.
        if (finding.Severity > told.Severity || finding.RelatedDomains.Any(domain => Find(domain, finding.Client) is null)) return DnsTunnelFindingLife.Ongoing;
        if (now - told.LastTold < repeatAfter) return null;
        // What was asked between the telling and the end of it is no sign that it goes on.
        var recent = finding.Windows.Where(w => w.LastSeen > now - (repeatAfter / 2)).Sum(w => w.InformationBytes);
        return recent < MinBytes ? null : DnsTunnelFindingLife.Ongoing;
    }

    /// <summary>Notes on disk that a finding is about to be told, for the case that the process is killed before it is noted as told.</summary>
    /// <inheritdoc cref="Save" path="/exception"/>
    public void Begin(DnsTunnelFinding finding)
    {
        (_content.Begun, _isChanged) = (new BegunFinding { Id = FindingSummary.Id(finding), Time = DateTime.UtcNow, Finding = ToldFinding.Of(finding) }, true);
        Save();
    }

    /// <summary>Ends a telling that a killed process began.</summary>
    /// <param name="wasTold">Whether the finding of an id was told since a time.</param>
    public void Resume(Func<string, DateTime, bool> wasTold)
    {
        if (_content.Begun is not { } begun) return;
        if (wasTold(begun.Id, begun.Time)) Note(begun.Finding);
        (_content.Begun, _isChanged) = (null, true);
    }

    /// <summary>Notes that a finding was told.</summary>
    public void Note(DnsTunnelFinding finding)
    {
        Note(ToldFinding.Of(finding));
        _content.Begun = null;
    }

    /// <summary>Forgets findings that were last told before a time; were they to come again, they would be new.</summary>
    public void ForgetBefore(DateTime time) => Forget([.. _content.Findings.Where(f => f.LastSeen < time)]);

    /// <summary>Writes what has changed.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Save()
    {
        if (!_isChanged) return;
        AtomicFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(_content, LedgerJson.Default.LedgerContent), isPrivate: true);
        _isChanged = false;
    }

    public void Dispose() => _lock.Dispose();

    private ToldFinding? Find(string domain, string? client) => _told.GetValueOrDefault((domain, client));

    private void Note(ToldFinding finding)
    {
        if (Find(finding.Domains[0], finding.Client) is { } told) told.Update(finding);
        else _content.Findings.Add(told = finding);
        Index(told);
        _isChanged = true;
        if (_content.Findings.Count > MaxFindings) Forget([.. _content.Findings.OrderBy(f => f.LastSeen).Take(MaxFindings / 4)]);
    }

    private void Index(ToldFinding told)
    {
        foreach (var domain in told.Domains) _told.TryAdd((domain, told.Client), told);
    }

    private void Forget(HashSet<ToldFinding> findings)
    {
        if (findings.Count == 0) return;
        _content.Findings.RemoveAll(findings.Contains);
        _told.Clear();
        foreach (var told in _content.Findings) Index(told);
        _isChanged = true;
    }

    private void Read()
    {
        if (!File.Exists(_path)) return;
        try
        {
            _content = JsonSerializer.Deserialize(File.ReadAllBytes(_path), LedgerJson.Default.LedgerContent) ?? throw new JsonException("it is empty");
            if (_content.Version != 1) throw new JsonException("it is of another version");
            ToldFinding[] findings = [.. _content.Findings, .. _content.Begun is null ? [] : new[] { _content.Begun.Finding }];
            if (findings.Any(f => f.Domains.Length == 0 || f.Domains.Contains(null))) throw new JsonException("it has findings without a domain");
            foreach (var told in _content.Findings) Index(told);
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException or ArgumentNullException)
        {
            _content = new LedgerContent();
            _told.Clear();
            SetAside = $"{_path}.{Guid.NewGuid():N}.bad";
            File.Move(_path, SetAside);
        }
    }
}

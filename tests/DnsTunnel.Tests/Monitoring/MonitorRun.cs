using DnsTunnel.Detection;
using DnsTunnel.Exceptions;
using DnsTunnel.Models;
using DnsTunnel.Monitoring;

namespace DnsTunnel.Tests.Monitoring;

/// <summary>A monitor with a clock that the test moves, and a ledger in a folder of its own.</summary>
internal sealed class MonitorRun : TimeProvider, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;
    private readonly MonitorOptions _options;
    private readonly List<DnsQuery> _log = [];
    private FindingLedger _ledger;
    private int _name;

    public MonitorRun(MonitorOptions? options = null)
    {
        _options = options ?? new MonitorOptions();
        _ledger = FindingLedger.Open(LedgerPath);
        Monitor = NewMonitor();
    }

    /// <summary>Whether what is asked for can be read again.</summary>
    public bool HasLog { get; init; }

    /// <summary>Null for none.</summary>
    public MonitorHistory? History { get; set; }

    public TunnelMonitor Monitor { get; private set; }

    public DateTime Now { get; set; } = new(2026, 2, 1, 12, 0, 0, DateTimeKind.Utc);

    public List<DnsTunnelFinding> Told { get; } = [];

    public string LedgerPath => Path.Combine(_folder, "monitor.json");

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>As if the process was killed and begun anew.</summary>
    public void Restart()
    {
        _ledger.Dispose();
        _ledger = FindingLedger.Open(LedgerPath);
        Monitor = NewMonitor();
    }

    /// <summary>Reads all that was asked for again, as from a log, up to its end.</summary>
    public void ReadAgain()
    {
        foreach (var query in _log)
        {
            Monitor.Add(query);
            Look();
        }

        Monitor.EndCatchUp();
    }

    /// <summary>Asks for new names, evenly over a time.</summary>
    public void Tunnel(int names, TimeSpan time, string domain = "tunnel.example", string client = "192.0.2.7")
    {
        for (var i = 0; i < names; i++)
        {
            Now += time / names;
            Add(Query($"{Convert.ToHexString(BitConverter.GetBytes(Hash(++_name)))}.{domain}", client, "TXT"));
            Look();
        }
    }

    public void Ask(string name, string client = "192.0.2.8") => Add(Query(name, client, "A"));

    /// <summary>Writes a query to the log while no monitor runs.</summary>
    public void Miss(string name, string client) => _log.Add(Query(name, client, "A"));

    public void Look() => Tell(Monitor.LookWhenDue(CancellationToken.None));

    public void LookAtAll() => Tell(Monitor.Look(whole: true, CancellationToken.None));

    public void Dispose()
    {
        _ledger.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Numbers that look like none.</summary>
    private static ulong Hash(int number) => unchecked((ulong)number * 0x9E3779B97F4A7C15);

    private void Tell(IReadOnlyList<DnsTunnelFinding> findings)
    {
        foreach (var finding in findings)
        {
            Told.Add(finding);
            _ledger.Note(finding);
        }

        _ledger.Save();
    }

    private void Add(DnsQuery query)
    {
        if (HasLog) _log.Add(query);
        Monitor.Add(query);
    }

    private DnsQuery Query(string name, string client, string type) => new()
    {
        Timestamp = Now, ClientAddress = client, QueryName = name, QueryType = type, QuerySize = 60, ResponseSize = 90, ResponseCode = "NOERROR",
    };

    private TunnelMonitor NewMonitor() => new(new Judge(TunnelModel.Default, 50), ExceptionList.BuiltIn, _ledger, _options, History, this);
}

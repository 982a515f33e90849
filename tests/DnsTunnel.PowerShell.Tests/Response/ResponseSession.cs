using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>A session with a folder of its own, where a zone file and a journal can be.</summary>
internal sealed class ResponseSession : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dnstunnel").FullName;

    public ModuleSession Session { get; } = new();

    public string Zone => Path.Combine(_folder, "policy.zone");

    public string Journal => Path.Combine(_folder, "state", "responses.jsonl");

    public string ZoneText => File.ReadAllText(Zone);

    /// <summary>Whether nothing was written at all.</summary>
    public bool IsUntouched => Directory.GetFileSystemEntries(_folder).Length == 0;

    /// <summary>Runs a script in which $z is the zone file, $j the journal and $b what every Invoke-DnsTunnelResponse needs.</summary>
    public List<PSObject> Run(string script) =>
        Session.Run("param($z, $j) $b = @{ Action = 'BlockDomain'; ZoneFile = $z; JournalPath = $j }; " + script, ("z", Zone), ("j", Journal));

    /// <summary>Runs a script and returns the one response it has to emit.</summary>
    public PSObject RunToOne(string script) => Assert.Single(Run(script));

    /// <summary>The id of the one error of the last run, without the name of the cmdlet.</summary>
    public string ErrorId => Assert.Single(Session.Errors).FullyQualifiedErrorId.Split(',')[0];

    public void Dispose()
    {
        Session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

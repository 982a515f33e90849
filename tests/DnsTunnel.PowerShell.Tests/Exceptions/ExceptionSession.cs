using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>A session with a folder of its own, where a file of exceptions can be.</summary>
internal sealed class ExceptionSession : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dnstunnel").FullName;

    public ModuleSession Session { get; } = new();

    public string File => Path.Combine(_folder, "data", "exceptions.json");

    /// <summary>Whether nothing was written at all.</summary>
    public bool IsUntouched => Directory.GetFileSystemEntries(_folder).Length == 0;

    /// <summary>Runs a script in which $e is the file.</summary>
    public List<PSObject> Run(string script) => Session.Run("param($e) " + script, ("e", File));

    /// <summary>Runs a script and returns the one exception it has to emit.</summary>
    public dynamic RunToOne(string script) => Assert.Single(Run(script)).BaseObject;

    /// <summary>The id of the one error of the last run, without the name of the cmdlet.</summary>
    public string ErrorId => Assert.Single(Session.Errors).FullyQualifiedErrorId.Split(',')[0];

    public void Dispose()
    {
        Session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

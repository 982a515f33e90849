using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace DnsTunnel.PowerShell;

/// <summary>
/// Lets our two assemblies, which live in the default context so that [DnsTunnel.DnsQuery] resolves, find the libraries in deps/.
/// There is no clean-up on Remove-Module: the types stay loaded, jobs and objects still use them, and without the
/// resolver their next first use of a library would fail. Public because the engine looks at public types only.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    // Naming a type of DnsTunnel.dll here also loads that assembly at import, before any cmdlet does.
    private static readonly Assembly[] s_ours = [typeof(ModuleInitializer).Assembly, typeof(DnsQuery).Assembly];
    private static readonly Lazy<HashSet<string>> s_references = new(() =>
        [.. s_ours.SelectMany(assembly => assembly.GetReferencedAssemblies()).Select(name => name.FullName)]);
    private static readonly Lazy<ModuleLoadContext> s_context = new(() =>
        new ModuleLoadContext(Path.Combine(Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!, "deps")));

    private static int s_installed;

    /// <summary>Runs on every import of a session; the process needs the resolver once.</summary>
    public void OnImport()
    {
        if (Interlocked.Exchange(ref s_installed, 1) == 0) AssemblyLoadContext.Default.Resolving += Resolve;
    }

    /// <summary>Serves exactly what we were compiled against: the event does not say who asks, and other modules ask too.</summary>
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        s_references.Value.Contains(name.FullName) ? s_context.Value.LoadOwn(name) : null;
}

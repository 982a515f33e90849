using System.Reflection;
using System.Runtime.Loader;

namespace DnsTunnel.PowerShell;

/// <summary>Holds the libraries of deps/, managed and native, apart from those of PowerShell and of other modules.</summary>
internal sealed class ModuleLoadContext(string folder) : AssemblyLoadContext("DnsTunnel")
{
    // The resolver reads <name>.deps.json, which knows the assets of each platform and their fallbacks. It wants the
    // component itself to exist too, of any extension; the real one is a folder up, out of reach of these libraries.
    private readonly AssemblyDependencyResolver _resolver = new(Path.Combine(folder, "DnsTunnel.PowerShell.txt"));
    private readonly Lazy<Dictionary<string, string>> _hostAssemblies = new(FindHostAssemblies);

    /// <summary>The library as it lies in deps/, or null when it is not there.</summary>
    public Assembly? LoadOwn(AssemblyName name)
    {
        var path = _resolver.ResolveAssemblyToPath(name);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => HostHas(assemblyName) ? null : LoadOwn(assemblyName);

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = _resolver.ResolveUnmanagedDllToPath(unmanagedDllName);
        return path is null ? IntPtr.Zero : LoadUnmanagedDllFromPath(path);
    }

    /// <summary>
    /// Our own references take the host's assembly when it is new enough. The libraries must do the same, or a type such
    /// as ImmutableArray would be two types, one on each side of a call.
    /// </summary>
    private bool HostHas(AssemblyName wanted) =>
        _hostAssemblies.Value.TryGetValue(wanted.Name!, out var path)
        && (wanted.Version is null || AssemblyName.GetAssemblyName(path).Version >= wanted.Version);

    private static Dictionary<string, string> FindHostAssemblies()
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var paths = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        foreach (var path in paths.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            found.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        }
        return found;
    }
}

using System.Reflection;
using System.Runtime.Loader;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>Libraries stay out of the default context, where they would clash with those of PowerShell and of other modules.</summary>
public sealed class ModuleLoadContextTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleSession _session = fixture.Session;

    [Fact]
    public void Our_assemblies_are_in_the_default_context() =>
        Assert.Equal(["DnsTunnel", "DnsTunnel.PowerShell"], Ours().Select(assembly =>
        {
            Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(assembly));
            return assembly.GetName().Name;
        }).Order(StringComparer.Ordinal));

    [Fact]
    public void What_we_reference_loads_from_deps_in_the_private_context()
    {
        var references = References();
        Assert.NotEmpty(references);
        Assert.All(references, reference =>
        {
            var assembly = AssemblyLoadContext.Default.LoadFromAssemblyName(reference);
            Assert.Equal("DnsTunnel", AssemblyLoadContext.GetLoadContext(assembly)!.Name);
            Assert.Equal(InDeps(reference), assembly.Location);
        });
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => References().Any(name => name.Name == assembly.GetName().Name));
    }

    [Fact]
    public void One_private_context_serves_all_imports()
    {
        using var second = new ModuleSession();
        second.Run("param($Path) Import-Module -Name $Path -Force", ("Path", Repository.Manifest));
        foreach (var reference in References()) AssemblyLoadContext.Default.LoadFromAssemblyName(reference);

        Assert.Single(AssemblyLoadContext.All, context => context.Name == "DnsTunnel");
    }

    [Fact]
    public void Another_version_is_not_ours_to_serve()
    {
        Assert.NotNull(_session);
        var file = Path.Combine(Repository.StagedModule, "deps", "SharpPcap.dll");
        var name = AssemblyName.GetAssemblyName(file);
        name.Version = new Version(0, 0, 0, 1);

        Assert.ThrowsAny<IOException>(() => AssemblyLoadContext.Default.LoadFromAssemblyName(name));
    }

    private static IEnumerable<Assembly> Ours() =>
        AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name is "DnsTunnel" or "DnsTunnel.PowerShell");

    /// <summary>What our assemblies reference and deps/ holds.</summary>
    private static List<AssemblyName> References() =>
        [.. Ours().SelectMany(assembly => assembly.GetReferencedAssemblies()).Where(name => File.Exists(InDeps(name)))];

    private static string InDeps(AssemblyName name) => Path.Combine(Repository.StagedModule, "deps", name.Name + ".dll");
}

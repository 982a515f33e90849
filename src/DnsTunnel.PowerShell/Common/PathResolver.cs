using System.Management.Automation;
using DnsTunnel.Queries;

namespace DnsTunnel.PowerShell;

/// <summary>Turns what a user or the pipeline gives as a path into files; directories are read with all below them.</summary>
internal sealed class PathResolver(PSCmdlet cmdlet)
{
    /// <summary>The files, in the order of their names; what cannot be found is a non-terminating error.</summary>
    public IEnumerable<string> Resolve(string path, bool literal)
    {
        foreach (var item in literal ? ResolveLiteral(path) : ResolveWildcard(path))
        {
            if (!Directory.Exists(item))
            {
                yield return item;
                continue;
            }

            var isEmpty = true;
            foreach (var file in FilesBelow(item))
            {
                isEmpty = false;
                yield return file;
            }

            if (isEmpty) cmdlet.WriteWarning($"There is no file to read in '{Printable.Text(item)}'.");
        }
    }

    private IEnumerable<string> FilesBelow(string directory)
    {
        string[] files, directories;
        try
        {
            files = Directory.GetFiles(directory);
            directories = Directory.GetDirectories(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            cmdlet.WriteError(Errors.FileNotReadable(directory, e, QueryFileKinds.Any));
            yield break;
        }

        Array.Sort(files, StringComparer.Ordinal);
        Array.Sort(directories, StringComparer.Ordinal);
        // A link to a directory may lead back up.
        foreach (var file in files.Concat(directories.Where(d => new DirectoryInfo(d).LinkTarget is null).SelectMany(FilesBelow))) yield return file;
    }

    private IEnumerable<string> ResolveLiteral(string path)
    {
        ProviderInfo provider;
        string resolved;
        try
        {
            resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException or ArgumentException)
        {
            cmdlet.WriteError(Errors.PathNotFound(path, e));
            yield break;
        }

        if (!IsFileSystem(provider, path)) yield break;
        if (File.Exists(resolved) || Directory.Exists(resolved)) yield return resolved;
        else cmdlet.WriteError(Errors.PathNotFound(path));
    }

    private IEnumerable<string> ResolveWildcard(string path)
    {
        ProviderInfo provider;
        ICollection<string> resolved;
        try
        {
            resolved = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException or ArgumentException)
        {
            cmdlet.WriteError(Errors.PathNotFound(path, e));
            yield break;
        }

        if (!IsFileSystem(provider, path)) yield break;
        if (resolved.Count == 0) cmdlet.WriteError(Errors.PathNotFound(path));
        foreach (var item in resolved.Order(StringComparer.Ordinal)) yield return item;
    }

    private bool IsFileSystem(ProviderInfo provider, string path)
    {
        if (provider.Name == "FileSystem") return true;
        cmdlet.WriteError(Errors.NotAFilePath(path));
        return false;
    }
}

using DnsTunnel.Response.Files;

namespace DnsTunnel.Response.Rpz;

/// <summary>
/// Blocks domains in the file of a response-policy zone (draft-vixie-dnsop-dns-rpz-00). All bytes of the file stay but our lines
/// and the serial, which grows with undo too: servers take up no other change. The server has to load the zone again.
/// </summary>
internal sealed class RpzProvider : IResponseProvider
{
    /// <summary>The name in the journal.</summary>
    public const string ProviderName = "Rpz";

    private static readonly byte[] s_reservedLabel = "rpz-"u8.ToArray();

    /// <summary>Takes the path of the zone file; links are followed, so that the link stays a link.</summary>
    public RpzProvider(string path) => Path = Resolve(System.IO.Path.GetFullPath(path));

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public string[] Preview(BlockedDomain domain, string id)
    {
        RefuseTrigger(domain);
        return Read(mustExist: false).LinesFor(domain, id);
    }

    /// <inheritdoc/>
    public IResponseChange Begin(BlockedDomain domain, string id, CancellationToken cancellationToken)
    {
        RefuseTrigger(domain);
        var held = Lock(cancellationToken);
        try
        {
            var zone = Read(mustExist: false);
            return new Change(this, held, zone, zone.LinesFor(domain, id));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool IsInForce(DnsTunnelResponse response) => File.Exists(Path) && Read(mustExist: true).HasLinesOf(response);

    /// <inheritdoc/>
    public string? Undo(DnsTunnelResponse response, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path)) return "The zone file is gone.";
        using var held = Lock(cancellationToken);
        var content = Read(mustExist: true).Without(response, Today, out var removed);
        if (content is null) return "Its lines were not in the zone file any more.";
        Write(content);
        return removed == response.Changes.Length ? null : $"Only {removed} of its {response.Changes.Length} lines were still in the zone file.";
    }

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    /// <summary>
    /// Under labels such as rpz-client-ip, owners mean addresses (draft, section 4): a query for 8.0.0.0.10.rpz-client-ip must not
    /// let its sender choose whom the resolver refuses.
    /// </summary>
    private static void RefuseTrigger(BlockedDomain domain)
    {
        var last = domain.Wire;
        for (var rest = last[(1 + last[0])..]; rest.Length > 1; rest = rest[(1 + rest[0])..]) last = rest;
        if (last[1..].StartsWith(s_reservedLabel))
            throw new ResponseException(ResponseError.DomainNotValid, $"'{domain.Text}' cannot be blocked: in a policy zone its last label makes it a rule about addresses.");
    }

    private ZoneFile Read(bool mustExist)
    {
        try
        {
            if (Directory.Exists(Path)) throw new ResponseException(ResponseError.ZoneFileNotReadable, $"'{Path}' is a folder, not a zone file.");
            RequireFolder();
            var content = File.Exists(Path) || mustExist ? File.ReadAllBytes(Path) : [];
            return new ZoneFile(content, Path, Today);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ResponseException(ResponseError.ZoneFileNotReadable, $"Cannot read the zone file '{Path}': {exception.Message}", exception);
        }
    }

    /// <summary>
    /// The zone file is replaced by a rename, so a lock on it would be one on a file that is gone; a file beside it is held instead.
    /// It stays: to delete it would let two processes hold two files of the same name.
    /// </summary>
    private FileStream Lock(CancellationToken cancellationToken)
    {
        RequireFolder();
        var name = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, $".{System.IO.Path.GetFileName(Path)}.lock");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            return SharedFile.Open(name, options, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new ResponseException(ResponseError.ZoneFileBusy, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(exception);
        }
    }

    private void RequireFolder()
    {
        var folder = System.IO.Path.GetDirectoryName(Path);
        if (!Directory.Exists(folder)) throw new ResponseException(ResponseError.ZoneFileNotWritable, $"There is no folder '{folder}' for the zone file.");
    }

    private void Write(byte[] content)
    {
        try
        {
            AtomicFile.Write(Path, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(exception);
        }
    }

    private ResponseException NotWritable(Exception exception) =>
        new(ResponseError.ZoneFileNotWritable, $"Cannot write the zone file '{Path}': {exception.Message}", exception);

    private static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    private sealed class Change(RpzProvider provider, FileStream held, ZoneFile zone, string[] lines) : IResponseChange
    {
        public string[] Changes => lines;

        public void Commit() => provider.Write(zone.With(lines, Today));

        public void Dispose() => held.Dispose();
    }
}

using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Rpz;

/// <summary>
/// Blocks domains in the file of a response-policy zone (draft-vixie-dnsop-dns-rpz-00), and has a server load it when told which.
/// </summary>
internal sealed class RpzProvider(string path, DomainProviderOptions? options = null) : IResponseProvider
{
    // BIND takes the changes of a policy zone up once in min-update-interval, by default a minute, whatever it is told.
    private static readonly TimeSpan s_bindInterval = TimeSpan.FromSeconds(75);

    /// <summary>The name in the journal.</summary>
    public const string ProviderName = "Rpz";

    private static readonly byte[] s_reservedLabel = "rpz-"u8.ToArray();

    private readonly RpzFile _file = new(path);
    private readonly DomainProviderOptions _options = options ?? new();

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public ResponsePlan Plan(ResponseRequest request)
    {
        var domain = request.Domain!;
        RefuseTrigger(domain);
        var zone = _file.Read(mustExist: false);
        var lines = zone.LinesFor(domain, request.Id, request.Sinkhole);
        IResponseStep step = new RpzStep(Path, new(request.Id, lines)) { LinesNow = now => now.LinesFor(domain, request.Id, request.Sinkhole) };
        var reload = ReloadScript(zone);
        if (reload is not null) step = new ReloadedStep(step, ScriptLanguage.Shell, reload);
        return new([step])
        {
            Check = DomainCheck.For(domain, request.Sinkhole, _options.Resolvers, patience: _options.Reload == ZoneReload.Rndc ? s_bindInterval : null),
            Notes = reload is not null ? [] : [$"It is in force as soon as the resolver loads '{Path}' again (BIND: rndc reload <zone>, or -Reload)."],
        };
    }

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

    private string? ReloadScript(ZoneFile zone)
    {
        if (_options.Reload == ZoneReload.None) return null;
        var name = _options.ZoneName ?? zone.ZoneName ?? throw new ResponseException(ResponseError.ZoneFileNotAZone,
            $"'{Path}' does not tell the name of its zone, which the server has to be told: give -ZoneName, or start the file with '$ORIGIN <zone>.'.");
        var configuration = _options.ControlConfiguration is { } file ? $" -c {ShellText.Quote(file)}" : "";
        return _options.Reload == ZoneReload.Rndc
            ? $"rndc{configuration} reload {ShellText.Quote(name)}"
            : $"unbound-control{configuration} auth_zone_reload {ShellText.Quote(name)}";
    }
}

using System.Net.Sockets;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Rpz;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Response.Unbound;

/// <summary>
/// Blocks domains with local zones of Unbound, both ways: a file of its configuration, which lasts, and unbound-control, which acts at once
/// and, unlike a reload, keeps the cache and what others set while it ran.
/// </summary>
internal sealed class UnboundProvider(DomainProviderOptions options) : IResponseProvider
{
    /// <summary>The name in the journal.</summary>
    public const string ProviderName = "Unbound";

    private const string DefaultFolder = "/etc/unbound/unbound.conf.d", DefaultConfiguration = "/etc/unbound/unbound.conf";

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string Path => options.ConfigurationFolder ?? DefaultFolder;

    private string Configuration => ShellText.Quote(options.ControlConfiguration ?? DefaultConfiguration);

    // A name may begin with '-', and is no option.
    private string Control => $"unbound-control -c {Configuration} --";

    /// <summary>The script that succeeds where Unbound runs and can be told.</summary>
    public static string Probe(DomainProviderOptions options) => $"{new UnboundProvider(options).Control} status > /dev/null 2>&1";

    /// <inheritdoc/>
    public ResponsePlan Plan(ResponseRequest request)
    {
        var domain = request.Domain!;
        var name = ZoneFileText.Encode(domain.Wire) + ".";
        var type = request.Sinkhole is null ? "always_nxdomain" : "redirect";
        var data = request.Sinkhole is { } address ? $"{name} 60 IN {(address.AddressFamily == AddressFamily.InterNetwork ? "A" : "AAAA")} {address}" : null;

        var file = new ConfigurationFile(Path, request.Id);
        string[] lines = [$"# DnsTunnel {request.Id}", "server:", $"local-zone: \"{name}\" {type}"];
        if (data is not null) lines = [.. lines, $"local-data: \"{data}\""];
        var tell = $"unbound-checkconf {Configuration} > /dev/null && {Control} local_zone {ShellText.Quote(name)} {type}";
        // The type first: between the two, the domain is empty and not open.
        if (data is not null) tell += $" && {Control} local_data {ShellText.Quote(data)}";
        return new([file.Step(lines, Before(file, name), tell, Untell(name))])
        {
            Check = DomainCheck.For(domain, request.Sinkhole, options.Resolvers),
            Notes = ["Local zones or data of others below the domain go on to be answered."],
        };
    }

    private string Before(ConfigurationFile file, string name)
    {
        var before =
            $$"""
            unbound-checkconf {{Configuration}} > /dev/null || exit 1
            read=
            set -f
            for each in $(sed -n 's/^[[:space:]]*include[a-z-]*:[[:space:]]*"\{0,1\}\([^"]*\)"\{0,1\}[[:space:]]*$/\1/p' {{Configuration}}); do
            case {{file.Path}} in $each) read=1;; esac
            done
            set +f
            if [ -z "$read" ]; then echo {{ShellText.Quote($"The configuration of Unbound does not include the folder {Path}.")}} >&2; exit 1; fi

            """;
        // Unbound lists names with '?' for what is not plain, so only plain ones can be looked for.
        return name.Contains('\\') ? before : before +
            $"""
            if {Control} list_local_zones | cut -d ' ' -f 1 | grep -Fqx -e {ShellText.Quote(name)}; then echo 'Unbound has a local zone of that name already.' >&2; exit 1; fi

            """;
    }

    private string Untell(string name) =>
        $"""
        {Control} status > /dev/null 2>&1
        case $? in
        0) {Control} local_zone_remove {ShellText.Quote(name)} || exit 1;;
        3) ;; # it does not run
        *) echo 'Unbound cannot be told: unbound-control fails.' >&2; exit 1;;
        esac
        """;
}

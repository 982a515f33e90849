using System.Net;
using DnsTunnel.Response.Domains;

namespace DnsTunnel.Response.Dnsmasq;

/// <summary>Blocks domains in the configuration folder of dnsmasq, which reads it when it starts and at no other time.</summary>
internal sealed class DnsmasqProvider(DomainProviderOptions options) : IResponseProvider
{
    /// <summary>The name in the journal.</summary>
    public const string ProviderName = "Dnsmasq";

    /// <summary>The script that succeeds where dnsmasq runs.</summary>
    public const string Probe = "cat /proc/[0-9]*/comm 2> /dev/null | grep -qx dnsmasq";

    private const string DefaultFolder = "/etc/dnsmasq.d";

    private const string Restart =
        """
        {
        if [ -d /run/systemd/system ]; then systemctl restart dnsmasq
        elif command -v rc-service > /dev/null; then rc-service dnsmasq restart
        elif command -v service > /dev/null; then service dnsmasq restart
        else /etc/init.d/dnsmasq restart
        fi < /dev/null
        }
        """;

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string Path => options.ConfigurationFolder ?? DefaultFolder;

    /// <inheritdoc/>
    public ResponsePlan Plan(ResponseRequest request)
    {
        var domain = request.Domain!;
        var name = PlainName.Encode(domain, ProviderName);
        var file = new ConfigurationFile(Path, request.Id);
        // An address alone would let queries of all types but its own go on to the servers above, and tunnels use those.
        string[] lines = [$"# DnsTunnel {request.Id}", $"local=/{name}/"];
        if (request.Sinkhole is { } address) lines = [.. lines, $"address=/{name}/{address}"];
        return new([file.Step(lines, "", $"dnsmasq --test -C {file.Path} && {Restart}", $"if {Probe}; then {Restart} || exit 1; fi")])
        {
            Check = options.Resolvers.Length > 0 ? DomainCheck.For(domain, request.Sinkhole, options.Resolvers)
                : options.IsLocal ? DomainCheck.IfAnswered(domain, request.Sinkhole, new(IPAddress.Loopback, 53))
                : null,
            Notes = ["dnsmasq reads its configuration only when it starts, so it is restarted, and its cache is empty then."],
        };
    }
}

using System.Net;
using System.Text;

namespace DnsTunnel.Response.Hosts;

/// <summary>
/// The rules of nftables: one table of ours, loaded in one transaction and deleted whole. A verdict of drop ends a packet whatever other
/// tables say, and accept does not keep others from dropping it, so no other rule has to be read or changed.
/// </summary>
internal static class NftRules
{
    /// <summary>Stand for the rules of whoever manages the host, where a shell finds them out.</summary>
    public const string ManagementInput = "$manage_in", ManagementOutput = "$manage_out";

    // Before filter (0), mangle (-150) and conntrack (-200), after defragmentation (-400): it needs none of them.
    private const string Priority = "-300";

    // Neighbour discovery and multicast listener discovery keep IPv6 alive on the link (RFC 4890, section 4.4); routers on the way may
    // say that a packet is too big for the connections that stay.
    private const string NeighbourDiscovery = "icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } ip6 hoplimit 255 accept";

    /// <summary>The name of our table.</summary>
    public static string Table(string id) => $"dnstunnel_{id}";

    /// <summary>The rules that cut the host off.</summary>
    public static string Isolation(string id, IsolationOptions options)
    {
        var rules = Begin(id);
        Chain(rules, "input", "drop",
        [
            "iifname \"lo\" accept",
            "udp sport 67 udp dport 68 accept",
            "udp sport 547 udp dport 546 accept",
            NeighbourDiscovery,
            "icmpv6 type { packet-too-big, mld-listener-query } accept",
            "icmp type destination-unreachable icmp code frag-needed accept",
            .. options.Resolvers.Select(r => $"{Family(r)} saddr {r} meta l4proto {{ tcp, udp }} th sport {{ 53, 853 }} accept"),
            .. options.Allowed.Select(a => $"{Family(a.Address)} saddr {a} accept"),
            .. Management(options, "saddr", "dport", ManagementInput),
        ]);
        Chain(rules, "output", "drop",
        [
            "oifname \"lo\" accept",
            "udp sport 68 udp dport 67 accept",
            "udp sport 546 udp dport 547 accept",
            NeighbourDiscovery,
            "icmpv6 type { mld-listener-report, mld2-listener-report } accept",
            .. options.Resolvers.Select(r => $"{Family(r)} daddr {r} meta l4proto {{ tcp, udp }} th dport {{ 53, 853 }} accept"),
            .. options.Allowed.Select(a => $"{Family(a.Address)} daddr {a} accept"),
            .. Management(options, "daddr", "sport", ManagementOutput),
            // Programs see their connections end at once, not after minutes.
            "meta l4proto tcp reject with tcp reset",
        ]);
        // Containers, virtual machines and networks behind the host go through here.
        Chain(rules, "forward", "drop", []);
        return End(rules);
    }

    /// <summary>The rules that leave chosen resolvers as the only ones.</summary>
    public static string Pin(string id, IsolationOptions options)
    {
        var rules = Begin(id);
        string[] others =
        [
            .. options.Resolvers.Select(r => $"{Family(r)} daddr {r} accept"),
            "tcp dport { 53, 853 } reject with tcp reset",
            "udp dport { 53, 853 } drop",
        ];
        Chain(rules, "output", "accept", ["oifname \"lo\" accept", .. others]);
        Chain(rules, "forward", "accept", others);
        return End(rules);
    }

    private static IEnumerable<string> Management(IsolationOptions options, string address, string port, string otherwise) =>
        options.Management?.Select(m => $"{Family(m.Address)} {address} {m.Address} tcp {port} {m.Port} accept") ?? [otherwise];

    // "create" fails where "table" would add to one that is there.
    private static StringBuilder Begin(string id) => new($"create table inet {Table(id)}\ntable inet {Table(id)} {{\n");

    private static void Chain(StringBuilder rules, string hook, string policy, IEnumerable<string> lines)
    {
        rules.Append($"  chain {hook} {{\n    type filter hook {hook} priority {Priority}; policy {policy};\n");
        foreach (var line in lines) rules.Append($"    {line}\n");
        rules.Append("  }\n");
    }

    private static string End(StringBuilder rules) => rules.Append("}\n").ToString();

    private static string Family(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? "ip" : "ip6";
}

using System.Text;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Hosts;

/// <summary>
/// Rules of Windows Firewall, in a group of ours. There, rules that block win over all that allow, so blocking every address but the
/// allowed ones needs no rule or profile of others to be changed.
/// </summary>
internal static class FirewallScripts
{
    // Loopback is not filtered by Windows; it is left out of the ranges so that nobody has to know that. "::" is no address of anybody.
    private static readonly AddressRange[] s_loopback = [AddressRange.Parse("127.0.0.0/8"), AddressRange.Parse("::/127")];

    // Protocols by number that can carry data past TCP, UDP and ICMP: IPv6 in IPv4, GRE, ESP, AH, SCTP.
    private static readonly string[] s_otherProtocols = ["41", "47", "50", "51", "132"];

    /// <summary>The name of the group.</summary>
    public static string Group(string id) => $"DnsTunnel {id}";

    /// <summary>The step that cuts the host off.</summary>
    public static ScriptStep Isolation(string id, IsolationOptions options)
    {
        AddressRange[] open = [.. s_loopback, .. options.Allowed, .. (options.Management ?? []).Select(m => new AddressRange(m.Address))];
        AddressRange[] resolvers = [.. options.Resolvers.Select(r => new AddressRange(r))];
        var script = new StringBuilder();
        script.Append($"$out4 = {Ranges([.. open, .. resolvers], isIPv4: true)}\n$out6 = {Ranges([.. open, .. resolvers], isIPv4: false)}\n");
        script.Append($"$in4 = {Ranges(open, isIPv4: true)}\n$in6 = {Ranges(open, isIPv4: false)}\n");
        // DHCP speaks from ports 68 and 546 to 67 and 547.
        Rule(script, "Outbound", "TCP", "($out4 + $out6)");
        Rule(script, "Outbound", "UDP", "($out4 + $out6) -LocalPort '0-67', '69-545', '547-65535'");
        Rule(script, "Outbound", "UDP", "($out4 + $out6) -LocalPort '68', '546' -RemotePort '0-66', '68-546', '548-65535'");
        Rule(script, "Outbound", "ICMPv4", "$out4");
        Rule(script, "Outbound", "ICMPv6", "$out6 -IcmpType '1', '3', '4', '128', '129'");
        foreach (var protocol in s_otherProtocols) Rule(script, "Outbound", protocol, "($out4 + $out6)");
        if (resolvers.Length > 0)
        {
            var addresses = PowerShellText.Array(resolvers.Select(r => r.ToString()));
            foreach (var protocol in new[] { "TCP", "UDP" }) Rule(script, "Outbound", protocol, $"{addresses} -RemotePort '0-52', '54-852', '854-65535'");
        }
        Rule(script, "Inbound", "TCP", "($in4 + $in6)");
        Rule(script, "Inbound", "UDP", "($in4 + $in6) -LocalPort '0-67', '69-545', '547-65535'");
        Rule(script, "Inbound", "ICMPv4", "$in4");
        Rule(script, "Inbound", "ICMPv6", "$in6 -IcmpType '128', '129'");
        foreach (var protocol in s_otherProtocols) Rule(script, "Inbound", protocol, "($in4 + $in6)");
        return Step(id, script.ToString());
    }

    /// <summary>The step that leaves chosen resolvers as the only ones.</summary>
    public static ScriptStep Pin(string id, IsolationOptions options)
    {
        var script = new StringBuilder();
        AddressRange[] open = [.. s_loopback, .. options.Resolvers.Select(r => new AddressRange(r))];
        script.Append($"$out4 = {Ranges(open, isIPv4: true)}\n$out6 = {Ranges(open, isIPv4: false)}\n");
        foreach (var protocol in new[] { "TCP", "UDP" }) Rule(script, "Outbound", protocol, "($out4 + $out6) -RemotePort '53', '853'");
        return Step(id, script.ToString());
    }

    private static void Rule(StringBuilder script, string direction, string protocol, string addresses) =>
        script.Append($"New-NetFirewallRule @rule -Direction {direction} -Protocol {protocol} -RemoteAddress {addresses} | Out-Null\n");

    private static string Ranges(AddressRange[] open, bool isIPv4) => PowerShellText.Array(AddressRange.AllBut(open, isIPv4));

    private static ScriptStep Step(string id, string rules)
    {
        var group = PowerShellText.Quote(Group(id));
        return new(ScriptLanguage.PowerShell,
            $$"""
            $off = Get-NetFirewallProfile -ErrorAction Stop | Where-Object { "$($_.Enabled)" -ne 'True' }
            if ($off) { throw "Windows Firewall is off for the profile $($off.Name -join ', '), so that no rule has an effect." }
            $rule = @{ DisplayName = {{group}}; Group = {{group}}; Action = 'Block'; Enabled = 'True'; Profile = 'Any'; ErrorAction = 'Stop' }
            try {
            {{rules.TrimEnd('\n')}}
            }
            catch {
            Get-NetFirewallRule -Group {{group}} -ErrorAction SilentlyContinue | Remove-NetFirewallRule -ErrorAction SilentlyContinue
            throw
            }
            """,
            $$"""
            $found = @(Get-NetFirewallRule -Group {{group}} -ErrorAction SilentlyContinue)
            if ($found.Count -eq 0) { '{{ScriptStep.Absent}}' } else { "$($found.Count) rules, $(@($found | Where-Object { "$($_.Enabled)" -eq 'True' -and "$($_.Action)" -eq 'Block' }).Count) in force" }
            """,
            $"Get-NetFirewallRule -Group {group} -ErrorAction SilentlyContinue | Remove-NetFirewallRule -ErrorAction Stop");
    }
}

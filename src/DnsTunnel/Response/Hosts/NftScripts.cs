using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Hosts;

/// <summary>Loads rules of nftables and takes them out.</summary>
internal static class NftScripts
{
    // For scripts that others run: whoever runs it over SSH must not cut that connection. sudo drops SSH_CONNECTION, so the processes
    // above are asked too; only what consists of the characters of an address and a port gets into a rule.
    private const string FindManagement =
        $$"""
        manage_in= manage_out= pid=$$
        while [ "${pid:-0}" -gt 1 ]; do
            set -- $(tr '\0' '\n' < "/proc/$pid/environ" 2> /dev/null | sed -n 's/^SSH_CONNECTION=\([0-9a-fA-F.:]*\) [0-9]* [^ ]* \([0-9]*\)$/\1 \2/p')
            case "${1-}" in
                '' | *%*) ;;
                *:*) manage_in="ip6 saddr $1 tcp dport $2 accept" manage_out="ip6 daddr $1 tcp sport $2 accept" ;;
                *) manage_in="ip saddr $1 tcp dport $2 accept" manage_out="ip daddr $1 tcp sport $2 accept" ;;
            esac
            [ -z "$manage_in" ] || break
            pid=$(sed 's/.*) . \([0-9]*\) .*/\1/' "/proc/$pid/stat" 2> /dev/null)
        done

        """;

    /// <summary>The step that loads rules.</summary>
    public static ScriptStep Step(string id, string rules)
    {
        var table = NftRules.Table(id);
        var isComplete = !rules.Contains('$');
        // The quoted form takes everything as it stands; the other one fills the two variables in.
        var apply = isComplete ? $"nft -f - <<'EOF'\n{rules}EOF" : $"{FindManagement}nft -f - <<EOF\n{rules}EOF";
        return new(ScriptLanguage.Shell,
            apply,
            $"""
            tables=$(nft list tables) || exit 1
            if printf '%s\n' "$tables" | grep -qx 'table inet {table}'; then nft -s list table inet {table} | sha256sum; else echo {ScriptStep.Absent}; fi
            """,
            $"if nft list table inet {table} > /dev/null 2>&1; then nft delete table inet {table}; fi");
    }
}

#!/usr/bin/env bash
# What a ClickHouse server costs: loading with Export-DnsQuery beside clickhouse-client with the same rows as TSV, Get-DnsDomainVolume
# beside the same statement typed into clickhouse-client and one typed by hand, and how they grow with the table.
#
#   clickhouse-speed.sh [-l MILLIONS_TO_LOAD] [-n MILLIONS,MILLIONS,…] [RESULT_FILE]
#
# Needs the Debian packages clickhouse-server, clickhouse-client, python3 and curl, a Release build, and ../shared/tools/make-pcap.py.
set -euo pipefail
load=5 sizes=1,5,20
while getopts "l:n:" option; do
    case $option in
        l) load=$OPTARG ;;
        n) sizes=$OPTARG ;;
        *) sed -n '2,/^set /p' "$0" | sed -n 's/^# \{0,1\}//p'; exit 2 ;;
    esac
done
shift $((OPTIND - 1))
result=${1:-}
root=$(cd "$(dirname "$0")/../.." && pwd)
shell=$root/src/DnsTunnel.Shell/bin/Release/net10.0/DnsTunnel.Shell.dll
work=$(mktemp -d)
http=18923 native=18924 server=
cleanup() {
    trap - EXIT
    [ -z "$server" ] || { kill "$server" 2> /dev/null; wait "$server" 2> /dev/null || true; }
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

mkdir "$work/data" "$work/tmp"
cat > "$work/config.xml" << END
<yandex><http_port>$http</http_port><tcp_port>$native</tcp_port><listen_host>127.0.0.1</listen_host>
<path>$work/data/</path><tmp_path>$work/tmp/</tmp_path><users_config>users.xml</users_config>
<logger><level>warning</level><log>$work/log</log><errorlog>$work/errors</errorlog></logger>
<mark_cache_size>1073741824</mark_cache_size>
<query_log><database>system</database><table>query_log</table><flush_interval_milliseconds>500</flush_interval_milliseconds></query_log>
<default_profile>default</default_profile><default_database>default</default_database></yandex>
END
cat > "$work/users.xml" << END
<yandex><profiles><default><log_queries>1</log_queries></default></profiles><quotas><default/></quotas>
<users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users></yandex>
END
clickhouse-server --config-file="$work/config.xml" > "$work/out" 2>&1 &
server=$!
until curl -s "http://127.0.0.1:$http/ping" > /dev/null; do kill -0 $server || { cat "$work/out"; exit 1; }; sleep 0.2; done

client() { clickhouse-client --port $native --query "$1"; }
module() { dotnet "$shell" -Command "$1"; }
timed() { local start=$EPOCHREALTIME; "$@" > /dev/null; awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f\n", b - a }'; }
# The middle of three, of seconds a line.
median() { sort -n | sed -n 2p; }
# The seconds of a command of the module, after one run that does not count where there are several.
seconds() {
    module "foreach (\$i in $1) { \$w = [Diagnostics.Stopwatch]::StartNew(); \$null = $2; if (\$i) { \$w.Elapsed.TotalSeconds.ToString('0.000', [Globalization.CultureInfo]::InvariantCulture) } }"
}
row() { awk -v OFS='\t' -v a="$3" -v b="$5" '{ print $0, b == "" ? "" : sprintf("%.2f", a / b) }' <<< "$1"$'\t'"$2"$'\t'"$3"$'\t'"$4"$'\t'"$5"; }

# What one would type for the columns of Get-DnsDomainVolume but the information, which only the parts of names give.
by_hand() {
    client "SELECT toStartOfFifteenMinutes(timestamp) AS w, registered_domain, count(), uniqExact(lower(query_name)), uniqExact(client),
        countIf(response_code = 'NXDOMAIN'), max(length(query_name)), sum(query_size), sum(response_size), min(ticks), max(ticks), sumMap([type_number], [toUInt64(1)])
        FROM dns_query GROUP BY w, registered_domain ORDER BY w, count() DESC"
}

uri=http://127.0.0.1:$http

python3 "$root/../shared/tools/make-pcap.py" -n 1000000 -m 100000 "$work/million.pcap" > /dev/null 2>&1
{
    printf 'what\tqueries\tseconds\tbeside\tbeside_seconds\tratio\n'

    # The queries are in memory, as the lines of the file are for the other: reading a capture is no part of loading.
    module "Export-DnsQuery -ClickHouse $uri/?table=loaded -CreateSchema"
    columns=$(client "SELECT arrayStringConcat(groupArray(name), ',') FROM system.columns WHERE database = 'default' AND table = 'loaded' AND default_kind = ''")
    ours=$(module "\$q = @(Start-DnsCapture -Path $work/million.pcap); \$w = [Diagnostics.Stopwatch]::StartNew()
        foreach (\$i in 1..$load) { \$q | Export-DnsQuery -ClickHouse $uri/?table=loaded }
        \$w.Elapsed.TotalSeconds.ToString('0.000', [Globalization.CultureInfo]::InvariantCulture)")
    client "SELECT $columns FROM loaded FORMAT TSV" > "$work/queries.tsv"
    client "CREATE TABLE by_client AS loaded"
    other=$(timed client "INSERT INTO by_client ($columns) FORMAT TSV" < "$work/queries.tsv")
    rm "$work/queries.tsv"
    row Export-DnsQuery "$(client "SELECT count() FROM loaded")" "$ours" 'clickhouse-client from TSV' "$other"
    [ "$(client "SELECT count() FROM loaded")" = "$(client "SELECT count() FROM by_client")" ]

    module "Start-DnsCapture -Path $work/million.pcap | Export-DnsQuery -ClickHouse $uri -CreateSchema"
    client "CREATE TABLE million AS dns_query"; client "INSERT INTO million ($columns) SELECT $columns FROM dns_query"
    have=1
    for size in ${sizes//,/ }; do
        # The same million again, each after the one before.
        for ((; have < size; have++)); do
            shifted=${columns/ticks,timestamp/ticks + 5000000000 * $have, timestamp + 500 * $have}
            client "INSERT INTO dns_query ($columns) SELECT $shifted FROM million"
        done
        queries=$(client "SELECT count() FROM dns_query")
        volume=$(seconds 0..3 "Get-DnsDomainVolume -ClickHouse $uri" | median)
        sleep 2
        statement=$(client "SELECT query FROM system.query_log WHERE query LIKE 'SELECT 1, w, domain%' AND type = 2 ORDER BY event_time DESC LIMIT 1 FORMAT TSVRaw")
        row Get-DnsDomainVolume "$queries" "$volume" 'the same statement in clickhouse-client' "$(for _ in 1 2 3; do timed client "$statement"; done | median)"
        row Get-DnsDomainVolume "$queries" "$volume" 'a GROUP BY without information' "$(for _ in 1 2 3; do timed by_hand; done | median)"
        row Test-DnsTunneling "$queries" "$(seconds 1 "Test-DnsTunneling -ClickHouse $uri -WarningAction SilentlyContinue")" '' ''
    done
    row 'bytes of disk a query' "$queries" "$(client "SELECT round(sum(bytes_on_disk) / sum(rows), 1) FROM system.parts WHERE active AND table = 'dns_query'")" '' ''
} | if [ -n "$result" ]; then tee "$result"; else cat; fi

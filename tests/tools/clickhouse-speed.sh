#!/usr/bin/env bash
# What a ClickHouse server costs: loading with Export-DnsQuery beside clickhouse-client with the same rows as TSV, Get-DnsDomainVolume
# beside the same statement typed into clickhouse-client and one typed by hand, how they grow with the table, and whether a table of
# summaries by minute would pay. What stands side by side takes turns, so that both have the same other work beside them. The start of
# clickhouse-client counts, that of the Shell does not, nor the first run of Get-DnsDomainVolume.
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
# The middle of three lines.
median() { sort -n "$1" | sed -n 2p; }
# Seconds of a command of the module in runs 0 and 1, or 1 alone; run 0 does not count.
seconds() {
    module "foreach (\$i in $1) { \$w = [Diagnostics.Stopwatch]::StartNew(); \$null = $2; if (\$i) { $(shown '$w') } }"
}
shown() { printf "%s" "$1.Elapsed.TotalSeconds.ToString('0.000', [Globalization.CultureInfo]::InvariantCulture)"; }
row() { awk -v OFS='\t' -v a="$3" -v b="$5" '{ print $0, b == "" ? "" : sprintf("%.2f", a / b) }' <<< "$1"$'\t'"$2"$'\t'"$3"$'\t'"$4"$'\t'"$5"; }

# The columns of the million, this many of its lengths later.
later() { echo "${columns/ticks,timestamp/ticks + 5000000000 * $1, timestamp + 500 * $1}"; }
disk() { client "SELECT round(sum(bytes_on_disk) / $queries, 1) FROM system.parts WHERE active AND table = '$1'"; }

# What Get-DnsDomainVolume sends for a table.
statement_for() {
    module "\$null = Get-DnsDomainVolume -ClickHouse $uri/?table=$1"
    sleep 2
    client "SELECT query FROM system.query_log WHERE query LIKE 'SELECT 1, w, domain%' AND type = 2 ORDER BY event_time DESC LIMIT 1 FORMAT TSVRaw"
}

# What one would type for the columns of Get-DnsDomainVolume but the information, which only the parts of names give.
by_hand() {
    client "SELECT toStartOfFifteenMinutes(timestamp) AS w, registered_domain, count(), uniqExact(lower(query_name)), uniqExact(client),
        countIf(response_code = 'NXDOMAIN'), max(length(query_name)), sum(query_size), sum(response_size), min(ticks), max(ticks), sumMap([type_number], [toUInt64(1)])
        FROM dns_query GROUP BY w, registered_domain ORDER BY w, count() DESC"
}

# A table of summaries that is filled with the queries. To add up distinct names, their keys have to be in it.
view() {
    cat << 'END'
CREATE MATERIALIZED VIEW by_minute ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(start) ORDER BY (start, domain_key, client_key) AS
SELECT toStartOfMinute(timestamp) AS start, domain_key, client_key, anyState(registered_domain) AS domain, countState() AS queries,
    countIfState(upper(response_code) = 'NXDOMAIN') AS nx, maxState(name_length) AS longest, sumState(query_size) AS sent, sumState(response_size) AS received,
    minState(ticks) AS earliest, maxState(ticks) AS latest, sumMapState([type_number], [toUInt64(1)]) AS types,
    groupUniqArrayArrayState(arrayMap((k, c, n) -> (k, c, n), part_keys, part_costs, arrayResize([subdomain_length], length(part_keys), subdomain_length))) AS parts
FROM fed GROUP BY start, domain_key, client_key
END
}

# What Get-DnsDomainVolume would have to send for it.
of_view() {
    cat << 'END'
SELECT w, domain, queries, names, bytes, intDiv(cost + 127, 128) AS information, clients, nx, longest, sent, received, earliest, latest, types.1, types.2
FROM (
    SELECT intDiv(toUInt32(start), 900) AS w, domain_key, anyMerge(domain) AS domain, countMerge(queries) AS queries, uniqExact(client_key) AS clients,
        countIfMerge(nx) AS nx, maxMerge(longest) AS longest, sumMerge(sent) AS sent, sumMerge(received) AS received, minMerge(earliest) AS earliest,
        maxMerge(latest) AS latest, sumMapMerge(types) AS types
    FROM by_minute GROUP BY w, domain_key
) ANY INNER JOIN (
    SELECT w, domain_key, sum(bitAnd(key, 1)) AS names, sum(length) AS bytes, sum(cost) AS cost
    FROM (
        SELECT w, domain_key, part.1 AS key, max(part.2) AS cost, max(part.3 * bitAnd(part.1, 1)) AS length
        FROM (SELECT intDiv(toUInt32(start), 900) AS w, domain_key, groupUniqArrayArrayMerge(parts) AS parts FROM by_minute GROUP BY w, domain_key)
        ARRAY JOIN parts AS part GROUP BY w, domain_key, key
    ) GROUP BY w, domain_key
) USING w, domain_key ORDER BY w, information DESC, queries DESC, domain FORMAT RowBinary
END
}

uri=http://127.0.0.1:$http

python3 "$root/../shared/tools/make-pcap.py" -n 1000000 -m 100000 "$work/million.pcap" > /dev/null 2>&1
{
    printf 'what\tqueries\tseconds\tbeside\tbeside_seconds\tratio\n'

    module "Start-DnsCapture -Path $work/million.pcap | Export-DnsQuery -ClickHouse $uri -CreateSchema"
    columns=$(client "SELECT arrayStringConcat(groupArray(name), ',') FROM system.columns WHERE database = 'default' AND table = 'dns_query' AND default_kind = ''")
    client "SELECT $columns FROM dns_query FORMAT TSV" > "$work/million.tsv"
    for table in million loaded by_client; do client "CREATE TABLE $table AS dns_query"; done
    client "INSERT INTO million ($columns) SELECT $columns FROM dns_query"

    # The queries are in memory, as the lines of the file are for the other: reading a capture is no part of loading.
    insert="clickhouse-client --port $native --query 'INSERT INTO by_client ($columns) FORMAT TSV' < $work/million.tsv"
    read -r ours other < <(module "\$q = @(Start-DnsCapture -Path $work/million.pcap); \$a = [Diagnostics.Stopwatch]::new(); \$b = [Diagnostics.Stopwatch]::new()
        foreach (\$i in 1..$load) {
            \$a.Start(); \$q | Export-DnsQuery -ClickHouse $uri/?table=loaded; \$a.Stop()
            \$b.Start(); bash -c \"$insert\"; \$b.Stop()
        }
        \"\$($(shown '$a')) \$($(shown '$b'))\"")
    rm "$work/million.tsv"
    row Export-DnsQuery "$(client "SELECT count() FROM loaded")" "$ours" 'clickhouse-client from TSV' "$other"
    [ "$(client "SELECT count() FROM loaded")" = "$(client "SELECT count() FROM by_client")" ]

    for table in fed unfed; do client "CREATE TABLE $table AS dns_query"; done
    client "$(view)"
    for have in 0 1 2; do
        timed client "INSERT INTO fed ($columns) SELECT $(later "$have") FROM million" >> "$work/fed"
        timed client "INSERT INTO unfed ($columns) SELECT $(later "$have") FROM million" >> "$work/unfed"
    done
    statement=$(statement_for unfed)
    for _ in 1 2 3; do
        timed client "$(of_view)" >> "$work/of_view"
        timed client "$statement" >> "$work/of_queries"
    done
    queries=$(client "SELECT count() FROM unfed")
    row 'storing a million with a view by minute' 999992 "$(median "$work/fed")" 'without it' "$(median "$work/unfed")"
    row 'volumes of the view' "$queries" "$(median "$work/of_view")" 'volumes of the queries' "$(median "$work/of_queries")"
    row 'bytes of disk a query, of the view' "$queries" "$(disk .inner.by_minute)" 'of the queries' "$(disk unfed)"

    have=1
    for size in ${sizes//,/ }; do
        for ((; have < size; have++)); do client "INSERT INTO dns_query ($columns) SELECT $(later "$have") FROM million"; done
        queries=$(client "SELECT count() FROM dns_query")
        statement=$(statement_for dns_query)
        for _ in 1 2 3; do
            seconds 0..1 "Get-DnsDomainVolume -ClickHouse $uri" >> "$work/volume.$size"
            timed client "$statement" >> "$work/same.$size"
            timed by_hand >> "$work/hand.$size"
        done
        row Get-DnsDomainVolume "$queries" "$(median "$work/volume.$size")" 'the same statement in clickhouse-client' "$(median "$work/same.$size")"
        row Get-DnsDomainVolume "$queries" "$(median "$work/volume.$size")" 'a GROUP BY without information' "$(median "$work/hand.$size")"
        row Test-DnsTunneling "$queries" "$(seconds 1 "Test-DnsTunneling -ClickHouse $uri -WarningAction SilentlyContinue")" '' ''
    done
    row 'bytes of disk a query' "$queries" "$(disk dns_query)" '' ''
} | if [ -n "$result" ]; then tee "$result"; else cat; fi

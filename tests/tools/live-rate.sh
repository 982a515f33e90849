#!/usr/bin/env bash
# Shows that a live capture loses no packet without saying so: dnsperf asks at a rate over a veth pair between two namespaces,
# and what it sent has to be what was captured and what was counted as dropped, exactly.
#
#   live-rate.sh [-q QUERIES_PER_SECOND] [-s SECONDS] [-b BUFFER] [-p PIPELINE] [RESULT_FILE]
#
# Needs root and the Debian packages iproute2, dnsperf, unbound and libpcap0.8. Exit status 0: the sum is exact.
set -euo pipefail
rate=50000 seconds=20 buffer=32MB pipeline='ForEach-Object { }'
while getopts "q:s:b:p:" option; do
    case $option in
        q) rate=$OPTARG ;; s) seconds=$OPTARG ;; b) buffer=$OPTARG ;; p) pipeline=$OPTARG ;;
        *) sed -n '2,/^set /p' "$0" | sed -n 's/^# \{0,1\}//p'; exit 2 ;;
    esac
done
shift $((OPTIND - 1))
result=${1:-}
root=$(cd "$(dirname "$0")/../.." && pwd)
shell=$root/src/DnsTunnel.Shell/bin/Release/net10.0/DnsTunnel.Shell.dll

client=lrc$$ server=lrs$$ work=$(mktemp -d)
cleanup() {
    trap - EXIT
    for namespace in $client $server; do ip netns pids $namespace 2> /dev/null | xargs -r kill 2> /dev/null || true; done
    wait || true
    for namespace in $client $server; do ip netns del $namespace 2> /dev/null || true; done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

ip netns add $client && ip netns add $server
ip -n $client link add c0 type veth peer name s0 netns $server
ip -n $client addr add 10.71.3.2/24 dev c0 && ip -n $server addr add 10.71.3.1/24 dev s0
ip -n $client link set c0 up && ip -n $server link set s0 up && ip -n $server link set lo up

cat > "$work/unbound.conf" << END
server:
  interface: 10.71.3.1
  access-control: 10.71.3.0/24 allow
  do-daemonize: no
  chroot: ""
  username: ""
  directory: "$work"
  pidfile: ""
  use-syslog: no
  module-config: "iterator"
  local-zone: "rate.test." redirect
  local-data: "rate.test. A 192.0.2.1"
END
ip netns exec $server unbound -d -c "$work/unbound.conf" > "$work/unbound.log" 2>&1 &
seq -f 'n%.0f.rate.test A' 1 10000 > "$work/queries"

ip netns exec $client dotnet "$shell" -Command "
    Start-DnsCapture -Interface c0 -Filter 'udp dst port 53' -Duration 00:00:$((seconds + 8)) -BufferSize $buffer -StatisticsVariable statistics | $pipeline
    \$s = \$statistics[0]
    'captured {0} kernel {1} queue {2}' -f \$s.Requests, \$s.KernelDropped, \$s.QueueDropped" > "$work/capture" 2> "$work/capture.err" &
capture=$!
sleep 4
ip netns exec $client dnsperf -s 10.71.3.1 -d "$work/queries" -Q "$rate" -l "$seconds" -c 8 -q 2000 > "$work/dnsperf"
wait $capture || { cat "$work/capture.err" >&2; exit 1; }

sent=$(sed -n 's/.*Queries sent: *\([0-9]*\).*/\1/p' "$work/dnsperf")
read -r captured kernel queue < <(sed -n 's/^captured \([0-9]*\) kernel \([0-9]*\) queue \([0-9]*\)$/\1 \2 \3/p' "$work/capture")
difference=$((sent - captured - kernel - queue))
table=$(
    printf 'asked_per_second\tseconds\tbuffer\tpipeline\tsent\tsent_per_second\tcaptured\tdropped_kernel\tdropped_queue\tdifference\n'
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$rate" "$seconds" "$buffer" "$pipeline" "$sent" $((sent / seconds)) "$captured" "$kernel" "$queue" "$difference"
)
printf '%s\n' "$table"
[ -z "$result" ] || printf '%s\n' "$table" > "$result"
[ "$difference" = 0 ]

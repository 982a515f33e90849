#!/usr/bin/env bash
# Fuzzes readers of outside bytes with AFL++ and SharpFuzz, and writes what came of it to tests/results/fuzz.tsv.
# Usage: tests/tools/fuzz.sh SECONDS TARGET …      (all for every target; needs afl-fuzz)
# A run goes on where the last one ended, in output/fuzz; its inputs, crashes and hangs are there. Times are those of all runs.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:?usage: fuzz.sh SECONDS TARGET …}
shift
command -v afl-fuzz > /dev/null || { echo 'afl-fuzz is not installed: apt-get install afl++' >&2; exit 2; }

work=$PWD/output/fuzz
fuzzer=$work/bin/DnsTunnel.Fuzz.dll
results=tests/results/fuzz.tsv

dotnet tool restore > /dev/null
rm -rf "$work/bin" "$work/plain" "$work/tmp"
mkdir -p "$work/tmp"
dotnet publish -c Release -v q -o "$work/plain" tests/DnsTunnel.Fuzz
cp -r "$work/plain" "$work/bin"
for library in DnsTunnel ZstdSharp; do dotnet sharpfuzz "$work/bin/$library.dll"; done

# Heap of .NET: a seldom reached bound below what PeakMemory allows, and small generations, so that garbage does not count as need.
export DOTNET_GCHeapHardLimit=0x6000000 DOTNET_GCgen0size=0x200000 DOTNET_TieredPGO=0
# Targets that are killed leave their files.
export TMPDIR=$work/tmp
export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_AUTORESUME=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1

stat_of() { sed -n "s/^$1 *: *//p" "$work/$2/default/fuzzer_stats"; }

# Only what fails in a process of its own, and not instrumented, counts: a busy machine makes inputs slow, and buffers that many thousands of
# inputs leave in the pools of .NET look like the need of the last.
confirmed() {
    local count=0
    for file in "$work/$1/default/$2"/id:*; do
        [ -e "$file" ] || continue
        dotnet "$work/plain/DnsTunnel.Fuzz.dll" run "$1" "$file" > /dev/null 2>&1 || count=$((count + 1))
    done
    echo "$count"
}

record() {
    local row
    row=$(printf '%s\t' "$1" "$(stat_of run_time "$1")" "$(stat_of execs_done "$1")" "$(stat_of corpus_count "$1")" "$(stat_of edges_found "$1")" \
        "$(confirmed "$1" crashes)" "$(confirmed "$1" hangs)")$(date -u +%F)
    [ -e "$results" ] || printf 'target\tseconds\texecutions\tinputs_kept\tedges\tcrashes\thangs\tdate\n' > "$results"
    { head -n 1 "$results"; { tail -n +2 "$results" | grep -v "^$1"$'\t' || true; printf '%s\n' "$row"; } | LC_ALL=C sort; } > "$results.new"
    mv "$results.new" "$results"
    printf '%s\n' "$row"
}

[ "$1" != all ] || set -- $(dotnet "$work/plain/DnsTunnel.Fuzz.dll" list)
failed=()
for target in "$@"; do
    mkdir -p "$work/$target"
    # afl-fuzz takes the time of earlier runs off what -V gives.
    total=$seconds
    [ ! -e "$work/$target/default/fuzzer_stats" ] || total=$((seconds + $(stat_of run_time "$target")))
    nice -n 10 afl-fuzz -V "$total" -t 1000 -m none -i "tests/DnsTunnel.Fuzz/corpus/$target" -o "$work/$target" \
        -- dotnet "$fuzzer" afl "$target" > "$work/$target/log" 2>&1 || { tail -n 20 "$work/$target/log" >&2; failed+=("$target"); continue; }
    record "$target"
done
[ ${#failed[@]} -eq 0 ] || { echo "not fuzzed (see output/fuzz/TARGET/log): ${failed[*]}" >&2; exit 1; }

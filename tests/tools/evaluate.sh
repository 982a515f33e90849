#!/usr/bin/env bash
# Makes the model and the evaluation anew from the shared captures and the generators: module/data/model.json,
# tests/results/evaluation*.tsv, docs/evaluation.md and the table in README.md.
#
#   evaluate.sh [FOLDER]
#
# Needs the .NET SDK and python3. What is generated goes into FOLDER, or into a temporary one. Without ../shared the model is
# trained and measured on the generators alone, stays in FOLDER, and no file of the repository changes.
set -euo pipefail
cd "$(dirname "$0")/../.."
training_seed=1 unseen_seed=7
case ${1:-} in -*) sed -n '2,/^set /p' "$0" | sed -n 's/^# \{0,1\}//p'; exit 2 ;; esac
if [ $# -gt 0 ]; then
    mkdir -p "$1" && work=$(cd "$1" && pwd)
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi

dotnet build -c Release -v q src/DnsTunnel.Shell
dotnet build -c Release -v q tests/DnsTunnel.Generators
shell() { dotnet src/DnsTunnel.Shell/bin/Release/net10.0/DnsTunnel.Shell.dll "$@" 2> >(grep -v '^WARNING: ' >&2); }
for seed in $training_seed $unseen_seed; do
    rm -rf "$work/seed$seed"
    dotnet run -c Release --no-build --project tests/DnsTunnel.Generators -- "$work/seed$seed" --seed "$seed"
done

# What no model is trained on.
for set in held-out held-out-2; do
    rm -rf "$work/$set"
    dotnet run -c Release --no-build --project tests/DnsTunnel.Generators -- "$work/$set" --seed "$unseen_seed" "--$set"
done

training=$work/seed$training_seed/MANIFEST.tsv unseen=$work/seed$unseen_seed/MANIFEST.tsv held=$work/held-out/MANIFEST.tsv second=$work/held-out-2/MANIFEST.tsv
if [ -f ../shared/data/MANIFEST.tsv ]; then
    data=$(cd ../shared/data && pwd) results=tests/results
    shared=$data/MANIFEST.tsv
    manifests="'$shared', '$training'"
    # Real traffic that nobody has judged, one file of each folder, for the others are the same in another format. What else has no label
    # are samples of formats.
    { printf 'path\tlabel\n'; awk -F '\t' -v data="$data" '$6 ~ /not labelled/ && !seen[$2]++ { print data "/" $1 "\t" $6 }' "$shared"; } > "$work/unjudged.tsv"
    printf '%s\t%s\t%s\t%s\n' > "$work/sets.tsv" shared "$shared" "$data" '' generated "$unseen" "${unseen%/*}" unlabelled \
        held-out "$held" "${held%/*}" '' held-out-2 "$second" "${second%/*}" unlabelled unjudged "$work/unjudged.tsv" "$data" unlabelled leave-one-out "$shared;$unseen" "$data;${unseen%/*}" leave-one-out
else
    echo "NO SHARED CAPTURES in ../shared/data: the generators alone are used, and the model and tables of the repository stay as they are" >&2
    results=$work
    manifests="'$training'"
    printf '%s\t%s\t%s\t%s\n' > "$work/sets.tsv" generated "$unseen" "${unseen%/*}" unlabelled held-out "$held" "${held%/*}" '' \
        held-out-2 "$second" "${second%/*}" unlabelled leave-one-out "$unseen" "${unseen%/*}" leave-one-out
fi

shell -Command "\$null = New-DnsTunnelModel -Path $manifests -Destination '$work/model.json' -Force"
shell -File tests/tools/evaluate.ps1 -Sets "$work/sets.tsv" -Model "$work/model.json" -Destination "$results"
if [ "$results" = "$work" ]; then
    cat "$work/evaluation-summary.tsv"
else
    cp "$work/model.json" module/data/model.json
    python3 tests/tools/evaluation-tables.py
    echo "written: module/data/model.json, tests/results/evaluation*.tsv, docs/evaluation.md, README.md"
fi

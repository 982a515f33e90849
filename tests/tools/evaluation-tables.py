#!/usr/bin/env python3
"""Write docs/evaluation.md and the table in README.md from tests/results/evaluation*.tsv and the notes beside this script."""
import csv, os, re, statistics

root = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
rules = ["DnsTunnel", "Elastic", "ElasticSchedule", "RITA", "Zeek", "Sigma", "Splunk", "nDPI", "ibHH"]
rates = [0.05, 0.28, 0.7, 10, 1000]


def read(path):
    with open(os.path.join(root, path), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


rows = read("tests/results/evaluation.tsv")
sums = {(s["set"], s["rule"]): s for s in read("tests/results/evaluation-summary.tsv")}
roc = read("tests/results/evaluation-roc.tsv")
first = {(s["set"], s["rule"]): s for s in read("tests/results/evaluation-first.tsv")}
notes = {n["what"]: n["why"] for n in read("tests/tools/evaluation-notes.tsv")}


def table(header, lines, right=1):
    """A Markdown table whose columns from the given one on are numbers."""
    marks = ["---" if i < right else "---:" for i in range(len(header))]
    return "\n".join("| " + " | ".join(str(c) for c in line) + " |" for line in [header, marks, *lines])


def number(text, digits=0):
    return "" if text == "" else f"{float(text):,.{digits}f}"


def seconds(text):
    if text == "":
        return ""
    value = float(text)
    return f"{value:.1f} s" if value < 60 else f"{value / 60:.0f} min" if value < 5400 else f"{value / 3600:.1f} h"


def stem(row):
    """What a note is about: a tunnel's capture, or the class of ordinary traffic."""
    path = re.sub(r"\.(pcap|pcapng)(\.gz)?$", "", row["path"])
    return re.sub(r"-\d+$", "", path) if row["label"] != "Tunnel" else path


def why(row):
    return notes.get(stem(row), "NOT EXPLAINED YET")


def of(name, rule="DnsTunnel", label=None):
    return [r for r in rows if r["set"] == name and r["rule"] == rule and label in (None, r["label"])]


def summary(name):
    lines = []
    for rule in rules:
        if (name, rule) in first:
            lines.append(summary_line(f"{rule}, at first", first[name, rule]))
        if (name, rule) in sums:
            lines.append(summary_line(rule, sums[name, rule]))
    return table(["rule", "mean of tool rates", "found", "queries before", "bytes before", "time before", "false domains", "a million queries", "a week"], lines)


def summary_line(rule, s):
    return [rule, f"{float(s['found_rate']):.1%}", f"{s['found']} of {s['tunnels']}", number(s["median_queries_before"]), number(s["median_bytes_before"]),
            seconds(s["median_seconds_before"]), s["false_domains"], number(s["false_per_million_queries"], 1), number(s["false_per_week"], 1)]


def by_tool():
    left_out, tools = of("leave-one-out", label="Tunnel"), {}
    for row in left_out:
        tools.setdefault(row["tool"].lower(), []).append(row)
    found = {}
    for row in rows:
        if row["set"] in ("shared", "generated") and row["label"] == "Tunnel":
            found.setdefault((row["tool"].lower(), row["rule"]), []).append(row["found"] == "True")
    lines = []
    for tool, own in sorted(tools.items()):
        hits = [r for r in own if r["found"] == "True"]
        median = lambda column: number(str(statistics.median(float(r[column]) for r in hits))) if hits else ""
        lines.append([tool, len(own), len(hits), median("queries_before"), median("bytes_before"), *(sum(found[tool, rule]) for rule in rules)])
    return table(["tool", "captures", "left out", "queries before", "bytes before", *rules], lines)


def transfers():
    lines = []
    for rate in rates:
        for row in of("generated", label="Tunnel"):
            if f"-{rate:g}Bps" not in row["path"]:
                continue
            peers = [r["rule"] for r in rows if r["set"] == "generated" and r["path"] == row["path"] and r["rule"] != "DnsTunnel" and r["found"] == "True"]
            found = row["found"] == "True"
            lines.append([f"{rate:g}", row["path"].split("/")[-1].removesuffix(".pcap"), "yes" if found else "no", ", ".join(peers) or "none",
                          seconds(row["seconds_before"]), number(row["queries_before"]), number(row["bytes_before"])])
    return table(["B/s", "capture", "found", "found by", "time before", "queries before", "bytes before"], lines, right=4)


def adversarial():
    lines = []
    for row in of("generated", label="Tunnel"):
        if "/adversarial/" not in row["path"]:
            continue
        peers = [r["rule"] for r in rows if r["set"] == "generated" and r["path"] == row["path"] and r["rule"] != "DnsTunnel" and r["found"] == "True"]
        lines.append([row["path"].split("/")[-1].removesuffix(".pcap"), "yes" if row["found"] == "True" else "**no**", ", ".join(peers) or "none",
                      seconds(row["seconds_before"]), number(row["queries_before"]), number(row["bytes_before"])])
    return table(["capture", "found", "found by", "time before", "queries before", "bytes before"], lines, right=3)


def misses(name):
    lines = [[stem(r).removeprefix("tunnel/").removeprefix("held-out/").removeprefix("held-out-2/"), number(r["score"], 1), why(r)] for r in of(name, label="Tunnel") if r["found"] == "False"]
    return table(["capture", "score", "why"], lines, right=9) if lines else "None."


def alarms(name, column, label=None):
    lines = []
    for row in of(name, label=label):
        if int(row[column]) > 0:
            domains = row["domains"].split()
            shown = " ".join(f"`{d}`" for d in domains[:3]) + (f" and {len(domains) - 3} more" if len(domains) > 3 else "")
            lines.append([row["path"], len(domains), shown, why(row)])
    return table(["capture", "domains", "which", "why"], lines, right=9) if lines else "None."


def peers_alarms(name, column):
    return ", ".join(f"{rule} {sum(int(r[column]) for r in of(name, rule))}" for rule in rules)


def curve():
    points = {(p["set"], p["threshold"]): p for p in roc if p["rule"] == "DnsTunnel"}
    names = ["shared", "generated", "held-out", "held-out-2", "leave-one-out"]
    lines = []
    for threshold in dict.fromkeys(p["threshold"] for p in roc):
        cells = [threshold]
        for name in names:
            point = points[name, threshold]
            cells += [f"{float(point['found_rate']):.1%}", point["false_domains"]]
        lines.append(cells)
    return table(["threshold", *(c for n in names for c in (f"{n}: found", "false"))], lines, right=0)


def readme_table():
    lines = []
    for rule in rules:
        shared, generated = sums["shared", rule], sums["generated", rule]
        lines.append([rule, *(c for s in (shared, generated) for c in (f"{float(s['found_rate']):.0%}", s["false_domains"])),
                      number(generated["median_queries_before"]), number(generated["median_bytes_before"]), seconds(generated["median_seconds_before"])])
    left = sums["leave-one-out", "DnsTunnel"]
    lines.insert(1, ["DnsTunnel, tool left out", "", "", f"{float(left['found_rate']):.0%}", left["false_domains"], number(left["median_queries_before"]),
                     number(left["median_bytes_before"]), seconds(left["median_seconds_before"])])
    return table(["rule", "real: found", "false", "generated: found", "false", "queries before", "bytes before", "time before"], lines)


count = lambda name, label: len(of(name, label=label))
shared, generated, held, second = (sums[name, "DnsTunnel"] for name in ("shared", "generated", "held-out", "held-out-2"))
spread = [r for r in of("held-out-2", label="Tunnel") if "-over-" in r["path"]]
document = f"""# Evaluation
`tests/tools/evaluate.sh` makes the model and this page anew from the shared captures and the generators; it takes minutes. All rows are in
[evaluation.tsv](../tests/results/evaluation.tsv), the sums in [evaluation-summary.tsv](../tests/results/evaluation-summary.tsv). Nothing on
this page is written by hand but the reasons for misses and false alarms (`tests/tools/evaluation-notes.tsv`).

## What was measured
- **shared**: {count('shared', 'Tunnel')} captures and logs of real tools ({', '.join(sorted({r['tool'] for r in of('shared', label='Tunnel')}, key=str.lower))}), and {count('shared', 'Benign')} of traffic without a tunnel,
  {int(shared['benign_queries']):,} queries. The model was trained on them, so for DnsTunnel these rows show the fit and no more.
- **generated**: {count('generated', 'Tunnel')} tunnels and {count('generated', 'Benign')} captures of ordinary traffic ({int(generated['benign_queries']):,} queries) from
  [the generators](../tests/DnsTunnel.Generators/README.md) with seed 7. The model was trained with seed 1: domains, payloads, paces and sizes are new to it, layouts
  of tools and classes of look-alikes are not.
- **held-out**: {count('held-out', 'Tunnel')} tunnels of {len({r['tool'] for r in of('held-out', label='Tunnel')})} more tools and {count('held-out', 'Benign')} captures of more kinds of ordinary traffic ({int(held['benign_queries']):,} queries), on which no model is trained.
- **held-out-2**: {count('held-out-2', 'Tunnel')} tunnels of {len({r['tool'] for r in of('held-out-2', label='Tunnel')})} more tools and {count('held-out-2', 'Benign')} captures of more kinds of ordinary traffic ({int(second['benign_queries']):,} queries), written when the
  detector was done. "At first" is what was measured before anything was changed for what they showed: that row, and none below it, says
  how the detector does on what it has never met.
- **leave-one-out**: shared and generated, each tool and each class of ordinary traffic judged by a model that was trained without it. This is the row to
  compare: it says what happens with a tool that nobody has seen.

A rule is replayed in the order of time. "Before" is what had passed when it first met its condition: medians over the captures that it
found. Bytes are an upper bound of what the distinct names can have carried. The mean of tool rates gives each tool the same weight. A false
domain counts once a capture. `ElasticSchedule` is Elastic's condition at the times its job runs; the other rules look all the time.
The rules of others are equivalents written for this comparison from their sources or documents (`src/DnsTunnel/Measurement/Rules`).

## What the figures do not say
- The generators are written from documents and analyses, some from memory; their README says which. A tool can differ in its details. No
  capture of a generated tool was used, so nothing but the shared captures shows that a real one is found.
- Ordinary traffic is mostly generated. No capture of a real, large network was there: false alarms a week in yours can be many times these.
- The same people wrote generators, features and detector. Peers were not tuned to these captures, and DnsTunnel was trained on their like.
- Some logs of the shared set have no times; all their queries came at once, and seconds there mean nothing.

## Shared captures
{summary('shared')}

## Generated captures
{summary('generated')}

## Held-out captures
{summary('held-out')}

What is missed:

{misses('held-out')}

False domains:

{alarms('held-out', 'false_domains')}

## Second held-out captures
{summary('held-out-2')}

Of {len(spread)} tunnels that go round 3 to 10 domains with little on each: {', '.join(f"{rule} {sum(r['found'] == 'True' for r in of('held-out-2', rule, 'Tunnel') if '-over-' in r['path'])}" for rule in rules)}.

What is missed:

{misses('held-out-2')}

False domains:

{alarms('held-out-2', 'false_domains')}

## Leave one tool or class out
{summary('leave-one-out')}

By tool: "left out" is how many the model found that was trained without the tool, with the medians before; the other columns are how many each
rule found, DnsTunnel with the model that is shipped.

{by_tool()}

What it misses when the tool is left out:

{misses('leave-one-out')}

False domains when the class is left out:

{alarms('leave-one-out', 'false_domains')}

## Slow and fast transfers
Encoders re-timed; "mixed" is within a day of an office. "Found by" names the other rules.

{transfers()}

## Adversarial suite
{adversarial()}

What is missed:

{misses('generated')}

## Look-alikes
Every false domain of the {count('generated', 'Benign')} captures without a tunnel. Classes not named here have none.

{alarms('generated', 'false_domains')}

By rule: {peers_alarms('generated', 'false_domains')}.

## Stress
Ordinary traffic that nothing but its owner can tell from a tunnel: not trained on, and not counted above. These alarms are wrong.

{alarms('generated', 'unjudged_domains')}

Of the second held-out set:

{alarms('held-out-2', 'unjudged_domains')}

By rule: {peers_alarms('generated', 'unjudged_domains')}.

## Real traffic that nobody has judged
A log of a cyber-defence competition (brimdata), {sum(int(r['queries']) for r in of('unjudged')):,} queries. Alarms of DnsTunnel:

{alarms('unjudged', 'unjudged_domains')}

By rule: {peers_alarms('unjudged', 'unjudged_domains')}.

## Receiver operating characteristic
By threshold, at the end of each capture: mean of tool rates, and false domains. The default is 50.

{curve()}
"""
with open(os.path.join(root, "docs/evaluation.md"), "w", encoding="utf-8", newline="\n") as f:
    f.write(document)

path = os.path.join(root, "README.md")
with open(path, encoding="utf-8") as f:
    readme = f.read()
marked = re.compile(r"(<!-- evaluation -->\n).*?(<!-- /evaluation -->)", re.S)
if not marked.search(readme):
    raise SystemExit("README.md has no <!-- evaluation --> … <!-- /evaluation -->")
with open(path, "w", encoding="utf-8", newline="\n") as f:
    f.write(marked.sub(lambda m: m[1] + readme_table() + "\n" + m[2], readme))

if "NOT EXPLAINED YET" in document:
    raise SystemExit("docs/evaluation.md has misses or alarms without a line in tests/tools/evaluation-notes.tsv")

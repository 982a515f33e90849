#!/usr/bin/env python3
"""Put tests/results/clickhouse.tsv into README.md and docs/clickhouse.md. Run from the root of the repository after clickhouse-speed.sh."""
import re

with open("tests/results/clickhouse.tsv", encoding="utf-8") as f:
    header, *rows = [line.rstrip("\n").split("\t") for line in f]
rows = [dict(zip(header, row)) for row in rows]


def amount(row, column):
    return row[column] if "bytes" in row["what"] or not row[column] else f"{float(row[column]):.1f} s"


columns = {
    "what": lambda r: f"`{r['what']}`" if "-" in r["what"] else r["what"],
    "queries": lambda r: f"{int(r['queries']):,}",
    "takes": lambda r: amount(r, "seconds"),
    "beside": lambda r: r["beside"],
    "that takes": lambda r: amount(r, "beside_seconds"),
    "times": lambda r: r["ratio"],
}


def table(rows):
    lines = [f"| {' | '.join(columns)} |", "| --- | ---: | ---: | --- | ---: | ---: |"]
    return "\n".join(lines + [f"| {' | '.join(c(r) for c in columns.values())} |" for r in rows])


def growth():
    """How times grow from the smallest table to the largest."""
    def times(what):
        runs = [r for r in rows if r["what"] == what]
        return f"`{what}` {float(runs[-1]['seconds']) / float(runs[0]['seconds']):.1f} times as long"

    sizes = [int(r["queries"]) for r in rows if r["what"] == "Test-DnsTunneling"]
    return f"From {sizes[0]:,} to {sizes[-1]:,} queries, {sizes[-1] / sizes[0]:.0f} times as many, take " + " and ".join(map(times, ("Get-DnsDomainVolume", "Test-DnsTunneling"))) + "."


texts = {
    "README.md": table([r for r in rows if " view" not in r["what"]]) + "\n\n" + growth(),
    "docs/clickhouse.md": table(rows) + "\n\n" + growth(),
}
for name, content in texts.items():
    with open(name, encoding="utf-8") as f:
        text = f.read()
    with open(name, "w", encoding="utf-8", newline="\n") as f:
        f.write(re.sub(r"<!-- clickhouse -->\n.*?<!-- /clickhouse -->", lambda _: f"<!-- clickhouse -->\n{content}\n<!-- /clickhouse -->", text, flags=re.S))

#!/usr/bin/env python3
"""Put tests/results/clickhouse.tsv into README.md and docs/clickhouse.md. Run from the root of the repository after clickhouse-speed.sh."""
import re

with open("tests/results/clickhouse.tsv", encoding="utf-8") as f:
    header, *rows = [line.rstrip("\n").split("\t") for line in f]
rows = [dict(zip(header, row)) for row in rows]
columns = {
    "what": lambda r: f"`{r['what']}`" if "-" in r["what"] else r["what"],
    "queries": lambda r: f"{int(r['queries']):,}",
    "takes": lambda r: f"{float(r['seconds']):.1f} s" if "-" in r["what"] else r["seconds"],
    "beside": lambda r: r["beside"],
    "that takes": lambda r: f"{float(r['beside_seconds']):.1f} s" if r["beside_seconds"] else "",
    "times": lambda r: r["ratio"],
}
table = "\n".join([f"| {' | '.join(columns)} |", "| --- | ---: | ---: | --- | ---: | ---: |"] + [f"| {' | '.join(c(r) for c in columns.values())} |" for r in rows])
for name in ("README.md", "docs/clickhouse.md"):
    with open(name, encoding="utf-8") as f:
        text = f.read()
    with open(name, "w", encoding="utf-8", newline="\n") as f:
        f.write(re.sub(r"<!-- clickhouse -->\n.*?<!-- /clickhouse -->", lambda _: f"<!-- clickhouse -->\n{table}\n<!-- /clickhouse -->", text, flags=re.S))

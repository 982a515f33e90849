#!/usr/bin/env python3
"""Compare the queries that Import-DnsLog emits with what grep, awk and jq count, log by log.

    count-log-samples.py SHELL_DLL LOG_OR_FOLDER [...]      (writes a table; exit status 1 when a count differs)

SHELL_DLL is the built src/DnsTunnel.Shell. Which command counts is told by the path of a log, as in ../shared/data/formats and
../shared/data/tunnels/korving-logs; a log that no rule is for is an error, what is no log of lines is left out.
"""
import os, re, subprocess, sys, tempfile

OTHER_KINDS = (".pcap", ".pcapng", ".pcap.gz", ".pcapng.gz", ".pcap.zst", ".fstrm", ".evtx", ".txt")

# Path, and the command that counts the queries of the log on its standard input.
BIND = r"grep -cE ': query: [^ ]+ [A-Z]+ '"
COREDNS = r"""grep -cE '\[INFO\] [^ ]+:[0-9]+ - [0-9]+ "'"""
DNSMASQ = r"grep -cE ' query\[[^]]+\] '"
RECURSOR = r"grep -cE ' question for '"
MESSAGES = "jq -r .message | "
ZEEK_TSV = r"""awk -F'\t' '$1 == "#fields" { for (i = 2; i <= NF; i++) if ($i == "query") column = i - 1 } !/^#/ && $column != "-" { n++ } END { print n + 0 }'"""
ZEEK_JSON = """jq -c 'select(has("query"))' | wc -l"""
RULES = [
    (r"filebeat.*bind9|bind9.*filebeat", MESSAGES + BIND),
    (r"filebeat.*coredns|coredns.*filebeat", MESSAGES + COREDNS),
    (r"filebeat.*dnsmasq|dnsmasq.*filebeat", MESSAGES + DNSMASQ),
    (r"filebeat.*powerdns|powerdns.*filebeat", MESSAGES + RECURSOR),
    # Denied queries, which another category of the log has; denied zone transfers and updates are of other subjects.
    (r"crowdsec_bind9", r"""grep -cE ": query .*' denied( \(.*\))?$" """),
    (r"bind9", BIND),
    (r"coredns", COREDNS),
    (r"dnsmasq", DNSMASQ),
    (r"powerdns/own_auth", r"grep -cE ' wants '"),
    (r"recursor|pdns", RECURSOR),
    (r"unbound/.*tagged", r"grep -cE '\] query: '"),
    (r"unbound", r"grep -cE ' info: [^ ]+ [^ ]+\. [A-Z0-9]+ (IN|CH)$'"),
    (r"suricata", """jq -c 'select(.event_type == "dns" and .dns.type == "query")' | wc -l"""),
    (r"\.csv", "tail -n +2 | grep -c ."),
    (r"sysmon|eid22", "jq -c 'select(.EventID == 22)' | wc -l"),
    (r"(zeek|zat|brimdata).*json", ZEEK_JSON),
    (r"zeek|zat|brimdata", ZEEK_TSV),
]


def logs(arguments):
    for argument in arguments:
        if os.path.isfile(argument):
            yield argument
        for folder, _, names in sorted(os.walk(argument)):
            yield from (os.path.join(folder, n) for n in sorted(names) if not n.endswith(OTHER_KINDS))


def ours(shell, files):
    script = """param($List)
foreach ($file in [IO.File]::ReadAllLines($List)) {
    $count = 0
    Import-DnsLog -LiteralPath $file -WarningAction SilentlyContinue | ForEach-Object { $count++ }
    "$count`t$file"
}
"""
    with tempfile.TemporaryDirectory() as folder:
        listing, path = os.path.join(folder, "files.txt"), os.path.join(folder, "count.ps1")
        open(listing, "w").write("\n".join(files) + "\n")
        open(path, "w").write(script)
        out = subprocess.run(["dotnet", shell, "-File", path, "-List", listing], check=True, capture_output=True, text=True).stdout
    return {name: int(count) for count, name in (line.split("\t", 1) for line in out.splitlines() if "\t" in line)}


def theirs(path):
    """The command and its count."""
    command = next((c for pattern, c in RULES if re.search(pattern, path)), None)
    if command is None:
        return "no rule", None
    # grep ends with 1 when it counts nothing.
    out = subprocess.run(["bash", "-c", f"zcat -f -- \"$1\" | {command}", "count", path], capture_output=True, text=True).stdout
    return command, int(out) if out.strip().isdigit() else None


def main():
    shell, files = sys.argv[1], list(logs(sys.argv[2:]))
    counted = ours(shell, files)
    wrong = 0
    print("file\tcounted\tours\tcommand")
    for path in files:
        command, expected = theirs(path)
        good = expected is not None and counted.get(path) == expected
        wrong += not good
        print(path, expected, counted.get(path), command, sep="\t", end="\n" if good else "\tDIFFERS\n")
    print(f"{len(files) - wrong} of {len(files)} logs agree")
    return 1 if wrong or not files else 0


sys.exit(main())

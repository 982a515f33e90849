#!/usr/bin/env python3
"""Measure that a large Zeek log is imported with flat memory, and how much faster than rows of a table are made of it.

    log-speed.py [-s MIB] [-t FOLDER] [-p PWSH] [RESULT_FILE]     (exit status 1: under 5 times, memory that grows, or a wrong count)

Makes a dns.log of Zeek (24 columns, tab-separated, 1,024 MiB or as -s says; always the same bytes) in a temporary folder, and runs
in the built src/DnsTunnel.Shell, each in a process of its own:
  import  Import-DnsLog, at 1/8, 1/2 and the whole of the log
  volume  Get-DnsDomainVolume, which puts no object for a query into the pipeline, likewise
  rows    what Import-Csv does, which the Shell does not have: [IO.File]::ReadLines, lines of '#' left out, String.Split at tabs,
          one [pscustomobject] with a string property for each of the 24 columns; at 1/8 and 1/2 of the log
Objects are counted by a script block with `process`: ForEach-Object costs more for each than the import itself, and so hides what
is to be compared.
The time is that of the pipeline, without the start of the process; the memory is the peak of the resident set of the process.
All three are also run three times at 1/16, in turn with the others, and the medians taken: there the start of the module (its
assemblies, the list of public suffixes, compilation) still counts. The ratio is the rate of `import` over the whole by the best
one of `rows`; memory is flat when that of `import` over the whole is at most 1.3 times that at 1/8. The memory of `volume` is
told only: it holds a summary for each window and domain, so it grows with the time that a log spans, up to its limits.

Import-Csv itself is compiled and so faster than `rows`. Where there is a pwsh (in the PATH, or -p), it is measured too, in turn with
Import-DnsLog in the same pwsh, three times each: `pwsh-csv` at 1/16, where it has long its full speed, and `pwsh-import` at 1/16 and
at 1/2. The second ratio is that of their medians, `pwsh-import` at 1/2 by `pwsh-csv`; it is told and decides nothing.
"""
import argparse, datetime, os, platform, random, shutil, statistics, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHELL = os.path.join(ROOT, "src/DnsTunnel.Shell/bin/Release/net10.0/DnsTunnel.Shell.dll")
MODULE = os.path.join(ROOT, "output/DnsTunnel/DnsTunnel.psd1")
LEAST_RATIO, MOST_GROWTH = 5, 1.3

COLUMNS = ("ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto trans_id rtt query qclass qclass_name qtype qtype_name rcode "
           "rcode_name AA TC RD RA Z answers TTLs rejected").split()
TYPES = ("time string addr port addr port enum count interval string count string count string count string bool bool bool bool "
         "count vector[string] vector[interval] bool").split()
HEADER = ("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#open\t2026-01-05-00-00-00\n"
          "#fields\t" + "\t".join(COLUMNS) + "\n#types\t" + "\t".join(TYPES) + "\n")

IMPORT = "Import-DnsLog -LiteralPath $File | & { begin { $count = 0 } process { $count++ } end { $count } }"
VOLUME = "Get-DnsDomainVolume -LiteralPath $File | & { begin { $count = 0 } process { $count += $_.QueryCount } end { $count } }"
CSV = """Import-Csv -LiteralPath $File -Delimiter "`t" | & { begin { $count = 0 } process { $count++ } end { $count } }"""
ROWS = """& {
    foreach ($line in [IO.File]::ReadLines($File)) {
        if ($line.StartsWith([char]'#')) { continue }
        $value = $line.Split([char]9)
        [pscustomobject]@{ %s }
    }
} | & { begin { $count = 0 } process { $count++ } end { $count } }""" % "; ".join(f"'{name}' = $value[{i}]" for i, name in enumerate(COLUMNS))

SCRIPT = """param($File, $Module)
if ($Module) { Import-Module $Module }
$watch = [Diagnostics.Stopwatch]::StartNew()
$count = %s
"result $count $($watch.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture))"
"""
VERSIONS = "(Get-Module DnsTunnel).Version.ToString(); [Runtime.InteropServices.RuntimeInformation]::FrameworkDescription; $PSVersionTable.PSVersion.ToString()"


def word(rng, shortest, longest):
    return "".join(rng.choice("bcdfghklmnprstvw") + rng.choice("aeiou") for _ in range(rng.randint(shortest, longest)))


def answers(rng, kind):
    if kind == "A":
        values = [".".join(str(rng.randint(1, 254)) for _ in range(4)) for _ in range(rng.randint(1, 4))]
    elif kind == "AAAA":
        values = [f"2001:db8:{rng.randint(1, 0xffff):x}::{rng.randint(1, 0xffff):x}"]
    else:
        values = [{"TXT": "TXT 26 v=spf1 include:example -all", "MX": "mail.example.net"}.get(kind, "edge.example.net")]
    return ",".join(values) + "\t" + ",".join([f"{rng.randint(1, 3600)}.000000"] * len(values))


def write_log(path, size):
    """Returns the number of records. 20,000 domains, few of them asked often; one name in 16 is new, as those of trackers are."""
    rng = random.Random(1)
    suffixes = ["com"] * 6 + ["net"] * 2 + ["org", "de", "io", "co.uk", "com.au", "fr"]
    domains = [f"{word(rng, 2, 6)}.{rng.choice(suffixes)}" for _ in range(20000)]
    kinds = [(1, "A")] * 11 + [(28, "AAAA")] * 5 + [(65, "HTTPS")] * 2 + [(16, "TXT"), (15, "MX")]
    # What follows trans_id and rtt: the name, its type and what is answered.
    tails = []
    for _ in range(1 << 16):
        name = f"{rng.choice(('www', 'api', 'cdn', 'mail', 'img', 'static', word(rng, 2, 5)))}.{domains[int(20000 * rng.random() ** 3)]}"
        number, kind = rng.choice(kinds)
        result = "3\tNXDOMAIN\tF\tF\tT\tT\t0\t-\t-\tF" if rng.random() < 0.1 else f"0\tNOERROR\tF\tF\tT\tT\t0\t{answers(rng, kind)}\tF"
        tails.append(f"{name}\t1\tC_INTERNET\t{number}\t{kind}\t{result}\n")
    heads = [f"10.{rng.randint(0, 3)}.{rng.randint(0, 1)}.{rng.randint(1, 250)}\t%d\t192.0.2.{rng.choice((53, 54))}\t53\tudp\t%d\t0.0%05d" for _ in range(4096)]
    records, written, draw = 0, 0, rng.getrandbits
    with open(path, "w", encoding="ascii", newline="\n") as f:
        written += f.write(HEADER)
        while written < size:
            bits = draw(64)
            head = heads[bits & 0xfff] % (1024 + (bits >> 12 & 0x7fff), bits >> 27 & 0xffff, bits >> 43 & 0x3fff)
            fresh = f"{bits >> 4:015x}." if bits >> 60 == 0 else ""
            # 500 queries a second.
            written += f.write(f"{1767571200 + records // 500}.{records % 500 * 2000:06d}\tC{bits:017x}\t{head}\t{fresh}{tails[draw(16)]}")
            records += 1
    return records


def cut(whole, path, size):
    """Writes the first lines, of about a size; returns the number of records."""
    with open(whole, "rb") as source, open(path, "wb") as target:
        lines = 0
        while size > 0 and (block := source.read(min(size, 1 << 22))):
            size -= len(block)
            if size <= 0:
                block += source.readline()
            target.write(block)
            lines += block.count(b"\n")
    return lines - HEADER.count("\n")


def run(folder, pipeline, log, records, host=("dotnet", SHELL)):
    """Queries a second and the peak of memory in MiB."""
    path = os.path.join(folder, "run.ps1")
    with open(path, "w") as f:
        f.write(SCRIPT % pipeline)
    out = os.path.join(folder, "out.txt")
    with open(out, "w") as f:
        process = subprocess.Popen([*host, "-NoProfile", "-File", path, "-File", log, "-Module", MODULE], stdout=f)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    result = next((line.split() for line in open(out) if line.startswith("result ")), None)
    if process.returncode != 0 or result is None or int(result[1]) != records:
        sys.exit(f"{pipeline} counted {result and result[1]} of {records} queries (exit status {process.returncode})")
    return records / float(result[2]), usage.ru_maxrss / 1024


def measure(folder, mebibytes, pwsh):
    """Rows of the result: what, bytes, records, queries a second, MiB at the peak, number of runs."""
    size = mebibytes << 20
    logs = {1: os.path.join(folder, "dns.log")}
    records = {1: write_log(logs[1], size)}
    for part in (2, 8, 16):
        logs[part] = os.path.join(folder, f"dns-{part}.log")
        records[part] = cut(logs[1], logs[part], size // part)

    repeated = {IMPORT: [], VOLUME: [], ROWS: []}
    single = {}
    for part in (8, 2, 1):
        for pipeline in repeated:
            repeated[pipeline].append(run(folder, pipeline, logs[16], records[16]))
        for pipeline in repeated if part > 1 else (IMPORT, VOLUME):
            single[pipeline, part] = run(folder, pipeline, logs[part], records[part])

    if pwsh:
        table = os.path.join(folder, "dns.csv")
        with open(logs[16]) as source, open(table, "w") as target:
            target.write("\t".join(COLUMNS) + "\n")
            target.writelines(line for line in source if not line.startswith("#"))
        kinds = ((CSV, "pwsh-csv", table, 16), (IMPORT, "pwsh-import", logs[16], 16), (IMPORT, "pwsh-import", logs[2], 2))
        taken = [[run(folder, pipeline, path, records[part], (pwsh,)) for pipeline, _, path, part in kinds] for _ in range(3)]
        for (_, name, path, part), runs in zip(kinds, zip(*taken)):
            rates, peaks = zip(*runs)
            yield name, os.path.getsize(path), records[part], statistics.median(rates), statistics.median(peaks), len(rates)

    for pipeline, name in ((ROWS, "rows"), (IMPORT, "import"), (VOLUME, "volume")):
        rates, peaks = zip(*repeated[pipeline])
        yield name, os.path.getsize(logs[16]), records[16], statistics.median(rates), statistics.median(peaks), len(rates)
        for part in (8, 2, 1):
            if (pipeline, part) in single:
                yield name, os.path.getsize(logs[part]), records[part], *single[pipeline, part], 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-s", "--size", type=int, default=1024, metavar="MIB")
    parser.add_argument("-t", "--temporary", metavar="FOLDER")
    parser.add_argument("-p", "--pwsh", default=shutil.which("pwsh"))
    parser.add_argument("result", nargs="?", metavar="RESULT_FILE")
    options = parser.parse_args()

    versions = subprocess.run(["dotnet", SHELL, "-Command", VERSIONS], check=True, capture_output=True, text=True).stdout.split("\n")
    system = platform.freedesktop_os_release()["PRETTY_NAME"] if sys.platform == "linux" else platform.platform()
    with tempfile.TemporaryDirectory(dir=options.temporary) as folder:
        rows = list(measure(folder, options.size, options.pwsh))

    found = {(name, size): (rate, peak) for name, size, _, rate, peak, _ in rows}
    sizes = sorted({size for name, size in found if name == "import"})
    ratio = found["import", sizes[-1]][0] / max(rate for (name, _), (rate, _) in found.items() if name == "rows")
    short = found["import", sizes[0]][0] / found["rows", sizes[0]][0]
    growth = found["import", sizes[-1]][1] / found["import", sizes[1]][1]
    compiled = [found[key][0] for key in sorted(found) if key[0] in ("pwsh-csv", "pwsh-import")]
    table = [
        f"# {datetime.date.today()}, {os.cpu_count()} cores, {platform.machine()}, {system}, {versions[1]}, PowerShell engine {versions[2]}, DnsTunnel {versions[0]}",
        f"# import by rows: {ratio:.1f} times the speed ({short:.1f} when both are at 1/16); peak memory of import, whole by 1/8: {growth:.2f}",
        *([f"# import by Import-Csv, both in pwsh: {compiled[2] / compiled[0]:.1f} times the speed ({compiled[1] / compiled[0]:.1f} when both are at 1/16)"] if compiled else []),
        "what\tbytes\tqueries\tqueries_per_second\tpeak_mib\truns",
        *(f"{name}\t{size}\t{records}\t{rate:.0f}\t{peak:.0f}\t{runs}" for name, size, records, rate, peak, runs in rows),
    ]
    print("\n".join(table))
    if options.result:
        with open(options.result, "w", newline="\n") as f:
            f.write("\n".join(table) + "\n")
    return 0 if ratio >= LEAST_RATIO and growth <= MOST_GROWTH else 1


sys.exit(main())

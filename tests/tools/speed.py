#!/usr/bin/env python3
"""Measure Get-DnsDomainVolume and Test-DnsTunneling beside tools that only copy, count or dissect packets, on the terms of
peer-speed.sh in ../shared/tools: the same file for all, read once before, all in turn in each round, medians of the rounds.

    speed.py [-n QUERIES,QUERIES...] [-m DOMAINS] [-r ROUNDS] [-t FOLDER] [--quick] [--guard FILE] [RESULT_FILE]
    speed.py --table FILE        prints a table for people from a result file

Needs ../shared/tools/make-pcap.py beside the repository, a Release build of src/DnsTunnel.Shell, and tcpdump; dnstop and tshark
are left out when they are missing, and tshark with --quick. What is measured of each capture:
  tcpdump, dnstop, tshark  whole processes
  volume, test             whole processes: the Shell, one cmdlet with -LiteralPath
  volume-warm, test-warm   the same in one Shell that has run the cmdlet once before; the time of the pipeline alone
The load of the machine is noted, for a busy one makes two threads cost what one does; ratios of one run still compare.
--guard compares the ratios to tcpdump with those of an earlier result file: exit status 1 when one is 1.5 times as high.
"""
import argparse, datetime, os, platform, shutil, statistics, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MAKE = os.path.join(os.path.dirname(ROOT), "shared/tools/make-pcap.py")
SHELL = ["dotnet", os.path.join(ROOT, "src/DnsTunnel.Shell/bin/Release/net10.0/DnsTunnel.Shell.dll")]
MODULE = os.path.join(ROOT, "output/DnsTunnel/DnsTunnel.psd1")
CMDLETS = {"volume": "Get-DnsDomainVolume", "test": "Test-DnsTunneling"}
SLOWER = 1.5
COLUMNS = ["queries", "what", "wall_seconds", "cpu_seconds", "peak_mib", "to_tcpdump", "runs"]
TITLES = {"tcpdump": "`tcpdump -r FILE -w /dev/null`, which copies", "dnstop": "`dnstop -Q -l 3 FILE`", "tshark": "`tshark -r FILE -T fields -e dns.qry.name`",
          "volume": "`Get-DnsDomainVolume`, whole process", "volume-warm": "`Get-DnsDomainVolume`, warm",
          "test": "`Test-DnsTunneling`, whole process", "test-warm": "`Test-DnsTunneling`, warm"}

WARM = """param($File, $Module, $Cmdlet, $Rounds)
$WarningPreference = 'SilentlyContinue'
Import-Module $Module
foreach ($round in 0..$Rounds) {
    [GC]::Collect()
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = & $Cmdlet -LiteralPath $File
    if ($round) { 'warm ' + $watch.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture) }
}
"""


def run(command):
    """Seconds on the wall and of processors, and MiB at the peak."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def warm(folder, cmdlet, path, rounds):
    script = os.path.join(folder, "warm.ps1")
    with open(script, "w") as f:
        f.write(WARM)
    output = subprocess.run([*SHELL, "-NoProfile", "-File", script, "-File", path, "-Module", MODULE, "-Cmdlet", cmdlet, "-Rounds", str(rounds)],
                            check=True, capture_output=True, text=True).stdout
    return [float(line.split()[1]) for line in output.splitlines() if line.startswith("warm ")]


def measure(folder, queries, domains, rounds, quick):
    path = os.path.join(folder, f"{queries}.pcap")
    subprocess.run([sys.executable, MAKE, "-n", str(queries), "-m", str(domains), path], check=True, stderr=subprocess.DEVNULL)
    with open(path, "rb") as f:
        while f.read(1 << 22):
            pass
    commands = {"tcpdump": ["tcpdump", "-r", path, "-w", "/dev/null"]}
    if shutil.which("dnstop"):
        commands["dnstop"] = ["dnstop", "-Q", "-l", "3", path]
    if shutil.which("tshark") and not quick:
        commands["tshark"] = ["tshark", "-n", "-r", path, "-T", "fields", "-e", "dns.qry.name"]
    for name, cmdlet in CMDLETS.items():
        commands[name] = [*SHELL, "-NoProfile", "-Command", f"Import-Module '{MODULE}'; $null = {cmdlet} -LiteralPath '{path}' -WarningAction SilentlyContinue"]

    taken = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(run(command))
    medians = {name: [statistics.median(values) for values in zip(*runs)] for name, runs in taken.items()}
    for name, cmdlet in CMDLETS.items():
        medians[name + "-warm"] = [statistics.median(warm(folder, cmdlet, path, rounds)), None, None]
    os.remove(path)
    for name, (wall, cpu, peak) in medians.items():
        yield [queries, name, f"{wall:.3f}", "" if cpu is None else f"{cpu:.2f}", "" if peak is None else f"{peak:.0f}", f"{wall / medians['tcpdump'][0]:.2f}", rounds]


def read(path):
    with open(path, encoding="utf-8") as f:
        lines = f.read().splitlines()
    return [line[2:] for line in lines if line.startswith("# ")], [dict(zip(COLUMNS, line.split("\t"))) for line in lines if not line.startswith("#")][1:]


def table(path):
    notes, rows = read(path)
    yield from notes
    yield ""
    yield "| queries | what | wall s | CPU s | peak MiB | times tcpdump |"
    yield "|---:|---|---:|---:|---:|---:|"
    for row in rows:
        yield f"| {int(row['queries']):,} | {TITLES[row['what']]} | {row['wall_seconds']} | {row['cpu_seconds']} | {row['peak_mib']} | {row['to_tcpdump']} |"


def guard(rows, path):
    before = {(row["queries"], row["what"]): float(row["to_tcpdump"]) for row in read(path)[1]}
    slower = [row for row in rows if row[1].split("-")[0] in CMDLETS and float(row[5]) > SLOWER * before.get((str(row[0]), row[1]), float("inf"))]
    for row in slower:
        print(f"{row[1]} at {row[0]:,} queries: {row[5]} times tcpdump, {before[str(row[0]), row[1]]} before", file=sys.stderr)
    return 1 if slower else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", "--queries", default="1000000,5000000")
    parser.add_argument("-m", "--domains", type=int, default=100000)
    parser.add_argument("-r", "--rounds", type=int, default=5)
    parser.add_argument("-t", "--temporary", metavar="FOLDER")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--guard", metavar="FILE")
    parser.add_argument("--table", metavar="FILE")
    parser.add_argument("result", nargs="?", metavar="RESULT_FILE")
    options = parser.parse_args()
    if options.table:
        print("\n".join(table(options.table)))
        return 0

    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(dir=options.temporary) as folder:
        rows = [row for queries in options.queries.split(",") for row in measure(folder, int(queries), options.domains, options.rounds, options.quick)]
    versions = subprocess.run([*SHELL, "-Command", f"Import-Module '{MODULE}'; (Get-Module DnsTunnel).Version.ToString(); [Runtime.InteropServices.RuntimeInformation]::FrameworkDescription"],
                              check=True, capture_output=True, text=True).stdout.split("\n")
    lines = [
        f"# {datetime.date.today()}, {os.cpu_count()} cores, {platform.machine()}, {versions[1]}, DnsTunnel {versions[0]}; {options.domains:,} domains, medians of {options.rounds} runs",
        f"# {load:.1f} other processes wanted to run when it began, {os.getloadavg()[0]:.1f} when it ended",
        "\t".join(COLUMNS),
        *("\t".join(map(str, row)) for row in rows),
    ]
    print("\n".join(lines))
    if options.result:
        with open(options.result, "w", newline="\n") as f:
            f.write("\n".join(lines) + "\n")
    return guard(rows, options.guard) if options.guard else 0


sys.exit(main())

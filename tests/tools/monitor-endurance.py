#!/usr/bin/env python3
"""Show that Start-DnsTunnelMonitor runs on and on: flat memory, nothing lost or told twice by kills, nothing lost by a receiver that is down.

    monitor-endurance.py [-m MINUTES] [-x SPEED] [-k KILLS] [-d MINUTES_DOWN] [-s SEED] FOLDER     (exit status 1: a check failed)

Writes monitor-endurance.tsv (checks) and monitor-memory.tsv (a line each ten seconds) into FOLDER. Needs the built
src/DnsTunnel.Shell and tests/DnsTunnel.Generators, and Linux.

A day is made of the generated captures: all that are benign and shorter than a day, and a tunnel of most families, each with clients
of its own and at a time of the day that the seed gives. It is written to a log of Zeek, SPEED times (60) faster than it was, for MINUTES
(30), so that the last query is of now; what is longer than a day begins anew. Two monitors follow the log, and a third another one, each
with looks a minute of queries apart:
  steady    runs all the time.
  killed    is killed KILLS times (10) at random moments, by SIGKILL and SIGTERM in turn, and started again within five seconds.
  fast      follows a log that is written ten times as fast: what a monitor holds grows for seven days of its queries, and those pass in the
            first 17 of 30 minutes. Its resident memory is flat when the median of the last third is at most 1.25 times that of the second.
The first two have a webhook, on loopback, that refuses connections for MINUTES_DOWN (5), and an -OutFile. In the end:
  - the killed one has told the same domains of the same clients as the steady one, as leaders or among the others of a tunnel (which of
    them leads depends on when it was looked at); those that lead with both are as grave, and none is new twice;
  - no finding stands twice in a file: what was told again within a day of the log had become graver, or had a domain more;
  - everything that stands in a file has come to its webhook, and nothing waits.
"""
import argparse, collections, datetime, http.server, json, os, random, re, shutil, signal, socket, statistics, subprocess, sys, tempfile, threading, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHELL = os.path.join(ROOT, "src/DnsTunnel.Shell/bin/Release/net10.0/DnsTunnel.Shell.dll")
GENERATORS = os.path.join(ROOT, "tests/DnsTunnel.Generators/bin/Release/net10.0/DnsTunnel.Generators.dll")
DAY, MOST_GROWTH, SAMPLE_SECONDS, FAST = 86400, 1.25, 10, 10
# One of a family is enough, and those that take a week do not fit.
TUNNELS = re.compile(r"tunnel/[a-z0-9]+-(0\.7Bps|10Bps)\.pcap$|tunnel/(iodine|dnscat2|dns2tcp|script|oilrig|cobaltstrike)[^/]*\.pcap$")
HEADER = ("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n"
          "#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\tquery\tqtype_name\trcode_name\n"
          "#types\ttime\taddr\tport\taddr\tport\tenum\tcount\tstring\tstring\tstring\n")
COLUMNS = "id.orig_p id.resp_h id.resp_p proto trans_id query qtype_name rcode_name".split()


def run_shell(command):
    subprocess.run(["dotnet", SHELL, "-Command", command], check=True, stdout=subprocess.DEVNULL)


def make_day(folder, seed):
    """Queries of a day in order: (second, client, rest of the line)."""
    subprocess.run(["dotnet", GENERATORS, folder, "--seed", str(seed)], check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(folder, "MANIFEST.tsv")) as manifest:
        rows = [line.rstrip("\n").split("\t") for line in manifest][1:]
    files = [row[0] for row in rows if row[1] == "benign" or row[1] == "tunnel" and TUNNELS.match(row[0])]
    names = ", ".join(f"'{file}'" for file in files)
    run_shell(f"foreach ($file in {names}) {{ Start-DnsCapture -LiteralPath \"{folder}/$file\" | Export-DnsQuery \"{folder}/$file.log\" -Format ZeekTsv }}")
    rng, queries = random.Random(seed), []
    for number, file in enumerate(files):
        queries += place(os.path.join(folder, file + ".log"), number, rng)
    queries.sort(key=lambda query: query[0])
    return queries


def place(path, number, rng):
    """The queries of one capture at some time of the day, with clients of its own."""
    fields, queries = [], []
    with open(path, encoding="latin-1") as log:
        for line in log:
            parts = line.rstrip("\n").split("\t")
            if parts[0] == "#fields":
                fields = {name: i for i, name in enumerate(parts[1:])}
            elif not line.startswith("#"):
                queries.append((float(parts[fields["ts"]]), parts[fields["id.orig_h"]], "\t".join(parts[fields[c]] for c in COLUMNS)))
    first, last = min(q[0] for q in queries), max(q[0] for q in queries)
    if last - first > DAY:
        return []
    start = rng.uniform(0, DAY - (last - first)) - first
    return [(at + start, re.sub(r"^\d+\.\d+\.", f"10.{number}.", client), rest) for at, client, rest in queries]


Told = collections.namedtuple("Told", "key life severity related end id")


class Webhook:
    """Takes alerts by POST, unless it is down: then nothing listens."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.alerts, self.server = [], None
        self.up()

    def up(self):
        alerts = self.alerts

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                alerts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def down(self):
        self.server.shutdown()
        self.server.server_close()


class Monitor:
    def __init__(self, folder, name, log):
        self.name, self.log, self.webhook = name, log, Webhook()
        self.state, self.file, self.errors = (os.path.join(folder, name + end) for end in (".json", ".ndjson", ".err"))
        self.starts = 0
        self.start()

    def start(self):
        self.starts += 1
        command = (f"Start-DnsTunnelMonitor -Path '{self.log}' -Interval 0:1:0 -StatePath '{self.state}' -OutFile '{self.file}' "
                   f"-Uri http://127.0.0.1:{self.webhook.port}/ -MaximumRetryCount 1 -WarningAction Continue | ForEach-Object {{ }}")
        with open(self.errors, "a") as errors:
            self.process = subprocess.Popen(["dotnet", SHELL, "-Command", command], stdout=errors, stderr=errors)

    def end(self, sign):
        self.process.send_signal(sign)
        return self.process.wait(timeout=120)

    def resident(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS:"))

    def waiting(self):
        outbox = self.state + ".webhook-outbox"
        return len([file for file in os.listdir(outbox) if file.endswith(".json")]) if os.path.isdir(outbox) else 0

    def told(self):
        with open(self.file) as file:
            return [describe(alert) for alert in map(json.loads, file) if alert["event"]["kind"] == "alert"]


def describe(alert):
    own = alert["dns_tunnel"]
    key = (alert["dns"]["question"]["registered_domain"], alert.get("source", {}).get("address"))
    severity = ["Low", "Medium", "High", "Critical"].index(own["severity"])
    end = datetime.datetime.fromisoformat(alert["event"]["end"])
    return Told(key, own["life"], severity, tuple(sorted(own["related_domains"])), end, alert["event"]["id"])


def gravest(told):
    """The severity of each domain and client that leads."""
    result = {}
    for line in told:
        result[line.key] = max(result.get(line.key, 0), line.severity)
    return result


def everything(told):
    """Each domain and client, also those that were told as part of the tunnel of another."""
    return {(domain, line.key[1]) for line in told for domain in (line.key[0], *line.related)}


def twice(told):
    """Lines that say no more than one before them, which is less than a day older."""
    before, count = {}, 0
    for line in told:
        mark = line._replace(end=None, id=None)
        count += mark in before and line.end - before[mark] < datetime.timedelta(days=1)
        before[mark] = line.end
    return count


class Log:
    """A log that queries are written to, some times faster than they were."""

    def __init__(self, path, queries, seconds, speed, start):
        self.path, self.queries, self.seconds, self.speed = path, queries, seconds, speed
        # The last query is of the end.
        self.zero, self.position = start + seconds - seconds * speed, 0
        with open(path, "w") as file:
            file.write(HEADER)

    def write_until(self, now):
        with open(self.path, "a", encoding="latin-1") as file:
            while True:
                day, at = divmod(self.position, len(self.queries))
                moment, client, rest = self.queries[at]
                if day * DAY + moment > min(now, self.seconds) * self.speed:
                    return
                file.write(f"{self.zero + day * DAY + moment:.6f}\t{client}\t{rest}\n")
                self.position += 1


def replay(arguments, folder, queries):
    """Writes the logs while the monitors run; returns them, the memory of the fast and the steady one by second, and the queries."""
    seconds, rng = arguments.minutes * 60, random.Random(arguments.seed)
    start = time.time()
    log = Log(os.path.join(folder, "dns.log"), queries, seconds, arguments.speed, start)
    fast_log = Log(os.path.join(folder, "fast.log"), queries, seconds, FAST * arguments.speed, start)
    monitors = [Monitor(folder, "steady", log.path), Monitor(folder, "killed", log.path), Monitor(folder, "fast", fast_log.path)]
    kills = sorted(rng.uniform(0.03, 0.97) * seconds for _ in range(arguments.kills))
    print("kills at " + ", ".join(f"{k:.0f} s" for k in kills), flush=True)
    restart, killed, memory, is_down = None, 0, [], False
    down = seconds / 3, seconds / 3 + arguments.down * 60
    while (now := time.time() - start) < seconds or restart is not None or is_down:
        log.write_until(now)
        fast_log.write_until(now)
        if (down[0] <= now < down[1]) != is_down:
            is_down = not is_down
            for monitor in monitors[:2]:
                monitor.webhook.down() if is_down else monitor.webhook.up()
        if kills and restart is None and now >= kills[0]:
            kills.pop(0)
            monitors[1].end(signal.SIGTERM if killed % 2 else signal.SIGKILL)
            killed += 1
            restart = now + rng.uniform(0, 5)
        elif restart is not None and now >= restart:
            monitors[1].start()
            restart = None
        if now >= len(memory) * SAMPLE_SECONDS:
            memory.append((now, fast_log.position, monitors[2].resident(), log.position, monitors[0].resident()))
        time.sleep(0.2)
    log.write_until(seconds)
    return monitors, memory, log.position


def finish(monitors):
    """Both read the rest, and tell it; receivers that were down get what waits."""
    time.sleep(30)
    exits = [monitor.end(signal.SIGTERM) for monitor in monitors]
    for monitor in monitors[:2]:
        for _ in range(3):
            if monitor.waiting() == 0:
                break
            monitor.start()
            time.sleep(45)
            monitor.end(signal.SIGTERM)
    return exits


def check(arguments, monitors, memory, queries, exits):
    steady, killed, _ = monitors
    third = arguments.minutes * 60 / 3
    parts = [statistics.median(rss for at, _, rss, *_ in memory if lower <= at / third < lower + 1) for lower in (1, 2)]
    leaders = [gravest(monitor.told()) for monitor in (steady, killed)]
    found = [everything(monitor.told()) for monitor in (steady, killed)]
    alone = [found[0] - found[1], found[1] - found[0]]
    graver = [key for key in leaders[0].keys() & leaders[1].keys() if leaders[0][key] != leaders[1][key]]
    rows = [
        ("queries", queries, "", True),
        ("domains and clients found", len(found[0]), "", len(found[0]) > 20),
        ("lines told, steady", len(steady.told()), "", True),
        ("lines told, killed", len(killed.told()), "", True),
        ("starts of the killed one", killed.starts, "", killed.starts > arguments.kills),
        ("memory of the fast one, second third, MiB", round(parts[0]), "", True),
        ("memory of the fast one, last third, MiB", round(parts[1]), f"{parts[0] * MOST_GROWTH:.0f}", parts[1] <= parts[0] * MOST_GROWTH),
        ("exit status", " ".join(map(str, exits)), "0 0 0", not any(exits)),
        ("found by the steady one alone", len(alone[0]), "0", not alone[0]),
        ("found by the killed one alone", len(alone[1]), "0", not alone[1]),
        ("graver with one of them", len(graver), "0", not graver),
    ]
    for name, monitor in (("steady", steady), ("killed", killed)):
        told, came = monitor.told(), [describe(alert) for alert in monitor.webhook.alerts if alert["event"]["kind"] == "alert"]
        new = collections.Counter(line.key for line in told if line.life == "New")
        not_once = [key for key in new if new[key] > 1]
        lost = set(told) - set(came)
        rows += [
            (f"new twice, {name}", len(not_once), "0", not not_once),
            (f"told twice, {name}", twice(told), "0", twice(told) == 0),
            (f"lost on the way to the webhook, {name}", len(lost), "0", not lost),
            (f"sent twice to the webhook, {name}", len(came) - len(set(came)), "", True),
            (f"waiting in the outbox, {name}", monitor.waiting(), "0", monitor.waiting() == 0),
        ]
        for key in not_once:
            print(f"{name}: {key} was new {new[key]} times", file=sys.stderr)
    for key in [*alone[0], *alone[1], *graver]:
        print(f"differs: {key}", file=sys.stderr)
    return rows


def write(path, head, rows):
    with open(path, "w") as file:
        file.write("\t".join(head) + "\n")
        file.writelines("\t".join(map(str, row)) + "\n" for row in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-m", "--minutes", type=float, default=30)
    parser.add_argument("-x", "--speed", type=float, default=60)
    parser.add_argument("-k", "--kills", type=int, default=10)
    parser.add_argument("-d", "--down", type=float, default=5)
    parser.add_argument("-s", "--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave the files of the run where they are")
    parser.add_argument("folder")
    arguments = parser.parse_args()
    work = tempfile.mkdtemp(prefix="dnstunnel-endurance-")
    try:
        queries = make_day(os.path.join(work, "captures"), arguments.seed)
        print(f"{len(queries)} queries a day in {work}", flush=True)
        monitors, memory, count = replay(arguments, work, queries)
        rows = check(arguments, monitors, memory, count, finish(monitors))
    finally:
        if arguments.keep:
            print(f"files are in {work}")
        else:
            shutil.rmtree(work)
    write(os.path.join(arguments.folder, "monitor-memory.tsv"), ("second", "fast_queries", "fast_resident_mib", "steady_queries", "steady_resident_mib"),
          [tuple(map(round, sample)) for sample in memory])
    write(os.path.join(arguments.folder, "monitor-endurance.tsv"), ("check", "value", "limit", "result"),
          [(name, value, limit, "ok" if is_ok else "FAILED") for name, value, limit, is_ok in rows])
    for row in rows:
        print(*row, sep="\t")
    sys.exit(0 if all(row[3] for row in rows) else 1)


if __name__ == "__main__":
    main()

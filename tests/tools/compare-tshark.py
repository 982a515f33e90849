#!/usr/bin/env python3
"""Compare the queries that Start-DnsCapture emits with the requests that tshark sees, file by file.

    compare-tshark.py SHELL_DLL CAPTURE_OR_FOLDER [...]      (writes a table; exit status 1 when a difference is not explained)

SHELL_DLL is the built src/DnsTunnel.Shell. tshark's side is `dns.flags.response == 0`, message by message, less what is not a
query of its own:
  repeated   the same question, id, addresses and ports within 10 s of the first
  empty      no question in the message
  malformed  tshark's dissector calls the message malformed
  icmp       a copy of the request inside an ICMP error
"""
import os, subprocess, sys, tempfile
from xml.etree import ElementTree

TIMEOUT = 10.0

# Differences that are right, by the end of the path: ours less tshark's, and why.
EXPLAINED = {
    "pcap-suricata-verify/dns-forward-pointer.pcap": (-1, "tshark follows a compression pointer that points forward; RFC 1035, 4.1.4 allows prior names only"),
    "malformed/name-over255.pcap": (-1, "tshark shows a name of over 255 bytes; RFC 1035, 2.3.4 forbids it"),
    "malformed/name-ptr-label-loop.pcap": (-1, "tshark shows an endless name as an error text, without calling the message malformed"),
    "malformed/name-ptr-loop2.pcap": (-1, "as above"),
    "malformed/name-ptr-self.pcap": (-1, "as above"),
    "malformed/tcp-len-zero.pcap": (1, "tshark calls the whole segment malformed for an empty message before a good one"),
    "malformed/file-huge-incl.pcap": (1, "tshark shows nothing of a file with this damage, or misreads it; the packet before the damage is read"),
    "malformed/file-neg-incl.pcap": (1, "as above"),
    "malformed/ng-cap-beyond.pcapng": (1, "as above"),
    "malformed/ng-iface99.pcapng": (1, "as above"),
    "malformed/ng-opt-beyond.pcapng": (1, "as above"),
}
SUFFIXES = (".pcap", ".pcapng", ".pcap.gz", ".pcapng.gz", ".pcap.zst")


def captures(arguments):
    for argument in arguments:
        if os.path.isfile(argument):
            yield argument
        for folder, _, names in sorted(os.walk(argument)):
            yield from (os.path.join(folder, n) for n in sorted(names) if n.endswith(SUFFIXES))


def ours(shell, files):
    script = """param($List)
foreach ($file in [IO.File]::ReadAllLines($List)) {
    $count = 0
    Start-DnsCapture -LiteralPath $file -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | ForEach-Object { $count++ }
    "$count`t$file"
}
"""
    with tempfile.TemporaryDirectory() as folder:
        listing, path = os.path.join(folder, "files.txt"), os.path.join(folder, "count.ps1")
        open(listing, "w").write("\n".join(files) + "\n")
        open(path, "w").write(script)
        out = subprocess.run(["dotnet", shell, "-File", path, "-List", listing], check=True, capture_output=True, text=True).stdout
    return {name: int(count) for count, name in (line.split("\t", 1) for line in out.splitlines() if "\t" in line)}


def tshark(path):
    """Numbers of requests, by kind."""
    # dns.a, dns.txt … are not needed; PDML keeps the messages of one frame apart.
    pdml = subprocess.Popen(
        ["tshark", "-n", "-r", path, "-Y", "dns.flags.response == 0", "-T", "pdml", "-J", "geninfo frame ip ipv6 udp tcp icmp icmpv6 dns mdns llmnr _ws.malformed"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    kinds = dict(requests=0, repeated=0, empty=0, malformed=0, icmp=0)
    first = {}
    try:
        for _, packet in ElementTree.iterparse(pdml.stdout):
            if packet.tag != "packet":
                continue
            count(packet, kinds, first)
            packet.clear()
    except ElementTree.ParseError:
        pass  # an empty or broken capture gives no document
    pdml.wait()
    return kinds


def count(packet, kinds, first):
    def show(element, name):
        found = next((f for f in element.iter("field") if f.get("name") == name), None)
        return None if found is None else found.get("show")

    protocols = list(packet.findall("proto"))
    names = [p.get("name") for p in protocols]
    time = float(packet.find("proto[@name='geninfo']/field[@name='timestamp']").get("value"))
    ends = [show(packet, n) for n in ("ip.src", "ipv6.src", "ip.dst", "ipv6.dst", "udp.srcport", "tcp.srcport", "udp.dstport", "tcp.dstport")]
    for protocol in protocols:
        if protocol.get("name") not in ("dns", "mdns", "llmnr") or show(protocol, "dns.flags.response") not in ("0", "False"):
            continue
        kinds["requests"] += 1
        if "icmp" in names or "icmpv6" in names:
            kinds["icmp"] += 1
        elif "_ws.malformed" in names or protocol.find(".//proto[@name='_ws.malformed']") is not None:
            kinds["malformed"] += 1
        elif show(protocol, "dns.count.queries") == "0":
            kinds["empty"] += 1
        else:
            key = (*ends, show(protocol, "dns.id"), (show(protocol, "dns.qry.name") or "").lower(), show(protocol, "dns.qry.type"))
            if key in first and abs(time - first[key]) <= TIMEOUT:
                kinds["repeated"] += 1
            else:
                first[key] = time


def main():
    shell, files = sys.argv[1], list(captures(sys.argv[2:]))
    counted = ours(shell, files)
    wrong = 0
    print("file\ttshark\trepeated\tempty\tmalformed\ticmp\texpected\tours\tremark")
    for path in files:
        kinds = tshark(path)
        expected = kinds["requests"] - kinds["repeated"] - kinds["empty"] - kinds["malformed"] - kinds["icmp"]
        difference = counted.get(path, 0) - expected
        allowed, reason = next((e for end, e in EXPLAINED.items() if path.endswith(end)), (0, ""))
        good = path in counted and difference == allowed
        wrong += not good
        print(path, kinds["requests"], kinds["repeated"], kinds["empty"], kinds["malformed"], kinds["icmp"], expected, counted.get(path), reason if good else "DIFFERS", sep="\t")
    print(f"{len(files) - wrong} of {len(files)} captures agree or differ as explained")
    return 1 if wrong else 0


sys.exit(main())

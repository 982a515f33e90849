#!/usr/bin/env python3
"""Write src/DnsTunnel/Volume/LabelCodeTable.cs: how many bits a character of an ordinary DNS label costs after another one.

    make-label-code.py WORDS NAMES [NAMES ...] > src/DnsTunnel/Volume/LabelCodeTable.cs

WORDS  a list of English words, one a line (Debian package wamerican: /usr/share/dict/words)
NAMES  lists of ordinary domain names, one a line (a leading "0," and a final dot are dropped)

Order-1 model over 31 symbols with add-one smoothing. Names weigh as much as words, so that abbreviations are not strange.
"""
import collections, gzip, math, re, sys

SYMBOLS = "^abcdefghijklmnopqrstuvwxyz#-_?"  # ^ begin and end, # a digit, ? anything else
UNIT = 16                                    # table entries are 1/16 bit


def symbol(c):
    if "a" <= c <= "z" or c in "-_": return SYMBOLS.index(c)
    return SYMBOLS.index("#" if c.isdigit() else "?")


def count(labels, counts, weight):
    for label in labels:
        previous = 0
        for c in label:
            counts[previous, symbol(c)] += weight
            previous = symbol(c)
        counts[previous, 0] += weight


def lines(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8", errors="replace") as f:
        yield from (line.strip().lower() for line in f)


words = [w for w in lines(sys.argv[1]) if re.fullmatch("[a-z]+", w)]
labels = set()
for path in sys.argv[2:]:
    for name in lines(path):
        labels.update(label for label in re.sub(r"^\d,", "", name).strip(".").split(".") if label)

counts = collections.Counter()
count(words, counts, 1.0)
count(sorted(labels), counts, len(words) / max(1, len(labels)))

print("namespace DnsTunnel.Volume;\n")
print("/// <summary>Made by tests/tools/make-label-code.py; do not edit.</summary>")
print("internal static class LabelCodeTable")
print("{")
print(f'    /// <summary>"{SYMBOLS}": begin and end, letters, digit, hyphen, underscore, anything else.</summary>')
print(f"    public const int Symbols = {len(SYMBOLS)};\n")
print("    /// <summary>Cost of a symbol (column) after another (row) in sixteenths of a bit.</summary>")
print("    public static ReadOnlySpan<byte> Cost =>\n    [")
for a in range(len(SYMBOLS)):
    total = sum(counts[a, b] for b in range(len(SYMBOLS))) + len(SYMBOLS)
    row = [min(255, round(-UNIT * math.log2((counts[a, b] + 1) / total))) for b in range(len(SYMBOLS))]
    print("        " + ", ".join(map(str, row)) + ",")
print("    ];\n}")

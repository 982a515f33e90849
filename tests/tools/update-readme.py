#!/usr/bin/env python3
"""Put what the example prints into README.md (its ```text block). Run from the root of the repository after a Release build."""
import re, subprocess

command = ["dotnet", "src/DnsTunnel.Shell/bin/Release/net10.0/DnsTunnel.Shell.dll", "-File", "examples/Find-DnsTunnel.ps1"]
output = subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip("\n")
with open("README.md", encoding="utf-8") as f:
    readme = f.read()
with open("README.md", "w", encoding="utf-8", newline="\n") as f:
    f.write(re.sub(r"```text\n.*?\n```", lambda _: f"```text\n{output}\n```", readme, flags=re.S))

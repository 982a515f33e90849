#!/usr/bin/env python3
"""What a build of the core for .NET Framework 4.7.2, which Windows PowerShell 5.1 runs on, would have to replace.

Builds a copy of src/DnsTunnel for net472 with the libraries that bring newer types there, counts what the compiler does not find, and
adds up the assemblies that such a build would ship. Writes tests/results/net472.tsv; docs/windows-powershell.md says what follows.
"""
import collections
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXTRA = {
    "Microsoft.NETFramework.ReferenceAssemblies": "1.0.3", "Polyfill": "11.4.5", "Microsoft.Bcl.Memory": "10.0.12", "Microsoft.Bcl.HashCode": "6.0.0",
    "System.Text.Json": "10.0.12", "System.Threading.Channels": "10.0.12", "System.Collections.Immutable": "10.0.12",
}
NAMED = re.compile(r"'([^']+)'")


def prepare(folder):
    for name in ("Directory.Build.props", "Directory.Packages.props", ".editorconfig", "global.json"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "src/DnsTunnel", folder / "src/DnsTunnel", ignore=shutil.ignore_patterns("bin", "obj"))
    shutil.copytree(ROOT / "module", folder / "module")
    project = folder / "src/DnsTunnel/DnsTunnel.csproj"
    references = "".join(f'<PackageReference Include="{name}" VersionOverride="{version}" />' for name, version in EXTRA.items())
    text = project.read_text().replace("<TargetFramework>net8.0<", "<TargetFramework>net472<", 1)
    text = text.replace("<ItemGroup>", f'<ItemGroup><Reference Include="System.Net.Http" />{references}', 1)
    project.write_text(text)
    return project


def missing(output):
    """Each thing that is not there, with the places that use it."""
    places = collections.defaultdict(set)
    for line in output.splitlines():
        found = re.match(r"(.+?)\((\d+),\d+\): error (CS\d+): (.*?) \[", line)
        if found and (name := NAMED.search(found[4])):
            places[f"{found[3]}\t{name[1]}"].add((found[1], found[2]))
    return places


def assemblies(project):
    """The assemblies that the packages have for net472, and their bytes."""
    assets = json.loads((project.parent / "obj/project.assets.json").read_text())
    cache = [pathlib.Path(p) for p in assets["packageFolders"]]
    sizes = {}
    for target in assets["targets"].values():
        for package, files in target.items():
            for kind in ("runtime", "native", "runtimeTargets"):
                for file in files.get(kind, {}):
                    path = next((c / assets["libraries"][package]["path"] / file for c in cache if (c / assets["libraries"][package]["path"] / file).is_file()), None)
                    if path and path.suffix == ".dll":
                        sizes[str(path)] = path.stat().st_size
    return sizes


def main():
    with tempfile.TemporaryDirectory() as temporary:
        project = prepare(pathlib.Path(temporary))
        run = subprocess.run(["dotnet", "build", "-c", "Release", "-p:TreatWarningsAsErrors=false", "-p:EnableNETAnalyzers=false", str(project)],
                             capture_output=True, text=True, check=False)
        if not (project.parent / "obj/project.assets.json").exists():
            raise SystemExit(run.stdout)
        places = missing(run.stdout)
        sizes = assemblies(project)
    files = {file for found in places.values() for file, _ in found}
    with open(ROOT / "tests/results/net472.tsv", "w", encoding="utf-8") as result:
        result.write(f"# errors in declarations alone: {sum(map(len, places.values()))} places in {len(files)} files; bodies are not compiled before these are gone\n")
        result.write(f"# assemblies of packages: {len(sizes)}, {sum(sizes.values()) / 1e6:.1f} MB\n")
        result.write("error\tname\tplaces\n")
        for key, found in sorted(places.items(), key=lambda item: (-len(item[1]), item[0])):
            result.write(f"{key}\t{len(found)}\n")


main()

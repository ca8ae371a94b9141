"""Prints a Markdown table of a dotnet-stryker report by folder, and every mutant that lived."""
import collections
import json
import pathlib
import sys

DEAD, ALIVE = ("Killed", "Timeout"), ("Survived", "NoCoverage")


def row(name, counts):
    dead, alive = sum(counts[status] for status in DEAD), sum(counts[status] for status in ALIVE)
    score = f"{100 * dead / (dead + alive):.1f} %" if dead + alive else "-"
    return f"| {name} | {dead + alive} | {counts['Killed']} | {counts['Timeout']} | {alive} | {score} |"


def text(source, location):
    """The mutated code, on one line."""
    start, end = location["start"], location["end"]
    lines = source.splitlines()[start["line"] - 1:end["line"]]
    lines[-1] = lines[-1][:end["column"] - 1]
    lines[0] = lines[0][start["column"] - 1:]
    return shorten(" ".join(line.strip() for line in lines))


def shorten(code):
    code = " ".join(code.split())
    return (code if len(code) <= 100 else code[:97] + "...").replace("|", "\\|")


def main():
    files = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))["files"]
    folders, total, living = collections.defaultdict(collections.Counter), collections.Counter(), []
    for path, file in sorted(files.items()):
        name = path.replace("\\", "/").split("/Statistics/")[-1]
        if name == path:
            continue
        for mutant in file["mutants"]:
            folders[name.split("/")[0]][mutant["status"]] += 1
            total[mutant["status"]] += 1
            if mutant["status"] in ALIVE:
                line = mutant["location"]["start"]["line"]
                living.append(f"| {name}:{line} | `` {text(file['source'], mutant['location'])} `` | `` {shorten(mutant['replacement'])} `` |")
    print("# Mutation testing of Statistics/\n\nWritten by `scripts/mutate.sh`. What the living ones have in common is in [docs/statistics.md](../docs/statistics.md).\n")
    print("| folder | mutants | killed | timed out | alive | score |\n|---|--:|--:|--:|--:|--:|")
    for folder, counts in sorted(folders.items()):
        print(row(folder, counts))
    print(row("**all**", total))
    print(f"\n{total['CompileError']} more did not compile. Alive:\n\n| where | code | changed to |\n|---|---|---|")
    print("\n".join(living))


main()

"""Prints a Markdown table of mutation reports (dotnet-stryker's format) by folder, and every mutant that lived: FOLDER REPORT ..., where
FOLDER holds the folders."""
import collections
import json
import pathlib
import sys

EXPLAINED = {
    "Statistics": "What the living ones have in common is in [docs/statistics.md](../docs/statistics.md).",
    "TorchInit": "Every change was asked about by those of the tests in `parity-tests/TorchInit.MutationTests` that reach it, first those "
                 "that noticed others or reach what few tests reach, up to three seconds of them; and about what lived once more after "
                 "tests were added. Much of what lives changes no result: a way that is only slower, where work is shared among threads, "
                 "`|` for `^` of bits that are apart, glibc's functions for this library's that are equal to them.",
}
ALIVE = ("Survived", "NoCoverage")


def row(name, counts):
    killed, late, alive = counts["Killed"], counts["Timeout"], sum(counts[status] for status in ALIVE)
    tested = killed + late + alive
    return f"| {name} | {tested} | {killed} | {late} | {alive} | {share(killed + late, tested)} | {share(killed, tested)} |"


def share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


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
    root = sys.argv[1]
    folders, total, living = collections.defaultdict(collections.Counter), collections.Counter(), []
    reports = [json.loads(pathlib.Path(report).read_text(encoding="utf-8"))["files"] for report in sys.argv[2:]]
    for path, file in sorted((item for report in reports for item in report.items()), key=lambda item: item[0]):
        name = path.replace("\\", "/").split(f"/{root}/")[-1]
        if name == path:
            continue
        for mutant in file["mutants"]:
            folders[name.split("/")[0]][mutant["status"]] += 1
            total[mutant["status"]] += 1
            if mutant["status"] in ALIVE:
                line = mutant["location"]["start"]["line"]
                living.append(f"| {name}:{line} | `` {text(file['source'], mutant['location'])} `` | `` {shorten(mutant['replacement'])} `` |")
    print(f"# Mutation testing of {root}/\n\nWritten by `scripts/mutate.sh`. {EXPLAINED[root]}\n")
    print("| folder | mutants | killed | timed out | alive | score | killed alone |\n|---|--:|--:|--:|--:|--:|--:|")
    for folder, counts in sorted(folders.items()):
        print(row(folder, counts))
    print(row("**all**", total))
    print(f"\n{total['CompileError']} more did not compile. Alive:\n\n| where | code | changed to |\n|---|---|---|")
    print("\n".join(living))


main()

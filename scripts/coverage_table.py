"""Prints a Markdown table of a Cobertura report by folder, and fails where lines or branches are below the share asked for."""
import collections
import re
import sys
import xml.etree.ElementTree as xml


def share(covered, valid):
    return 100 * covered / valid if valid else 100.0


def row(name, counts):
    lines, hit, branches, taken = counts
    return f"| {name} | {lines:,} | {share(hit, lines):.1f} % | {branches:,} | {share(taken, branches):.1f} % |"


def counts(folder_lines):
    lines, hit, branches, taken = 0, 0, 0, 0
    for hits, conditions in folder_lines.values():
        lines, hit = lines + 1, hit + (hits > 0)
        branches, taken = branches + conditions[1], taken + conditions[0]
    return lines, hit, branches, taken


def main():
    report, least_lines, least_branches = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
    folders = collections.defaultdict(dict)
    for item in xml.parse(report).getroot().iter("class"):
        path = item.get("filename").replace("\\", "/")
        if "/obj/" in path or path.startswith("obj/"):
            continue                            # written by a source generator
        folder = path.rpartition("/")[0] or "."
        for line in item.iter("line"):
            taken = re.search(r"\((\d+)/(\d+)\)", line.get("condition-coverage") or "")
            conditions = (int(taken[1]), int(taken[2])) if taken else (0, 0)
            key = path, int(line.get("number"))
            hits, known = folders[folder].get(key, (0, (0, 0)))
            folders[folder][key] = max(hits, int(line.get("hits"))), max(known, conditions)
    print("| folder | lines | covered | branches | covered |\n|---|--:|--:|--:|--:|")
    for folder, lines in sorted(folders.items()):
        print(row(folder, counts(lines)))
    whole = counts({key: line for lines in folders.values() for key, line in lines.items()})
    print(row("**all**", whole))
    lines, branches = share(whole[1], whole[0]), share(whole[3], whole[2])
    if lines < least_lines or branches < least_branches:
        sys.exit(f"coverage: {lines:.1f} % of lines and {branches:.1f} % of branches; at least {least_lines:g} % and {least_branches:g} % are asked for")


main()

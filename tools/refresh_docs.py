#!/usr/bin/env python3
"""Puts the real output of the program into the pages.

    tools/refresh_docs.py [--check] PROGRAM [PAGE...]

PROGRAM is the built program, such as build/release/app/waverack. Without pages: README.md and all of docs/.
A fenced block that follows a marker line belongs to this tool:

    <!-- output: waverack check my.toml -->   replaced by what the command prints, messages included
    <!-- file: my.toml -->                    written to a file that later commands of the page can read

Each page runs in a folder of its own, where `designs` is that of the repository. A command may end with
0, 1 or 2 (a failed check and wrong input are worth showing). With --check nothing is written; stale blocks are
listed, and the exit code is 1 if there are any.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MARKER = re.compile(r"<!-- (output|file): (.+?) -->$")


def run(command, folder, program):
    environment = dict(os.environ, NO_COLOR="1", PATH=f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False)
    if done.returncode not in (0, 1, 2):
        sys.exit(f"'{command}' ended with {done.returncode}:\n{done.stdout}")
    return [line.rstrip() for line in done.stdout.rstrip().split("\n")]


def refresh(page, program):
    """The lines of the page with its outputs renewed, and the stale ones as (line number, command)."""
    lines, result, stale = page.read_text(encoding="utf-8").split("\n"), [], []
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(ROOT / "designs", os.path.join(folder, "designs"))
        at = 0
        while at < len(lines):
            result.append(lines[at])
            marker, number = MARKER.match(lines[at]), at + 1
            at += 1
            if not marker:
                continue
            if at == len(lines) or not lines[at].startswith("```"):
                sys.exit(f"{page}:{number}: no fenced block follows the marker")
            end = next((i for i in range(at + 1, len(lines)) if lines[i] == "```"), None)
            if end is None:
                sys.exit(f"{page}:{number}: the block after the marker has no end")
            block = lines[at + 1:end]
            kind, text = marker.groups()
            if kind == "file":
                pathlib.Path(folder, text).write_text("\n".join(block) + "\n", encoding="utf-8")
            else:
                output = run(text, folder, program)
                if output != block:
                    stale.append((number, text))
                block = output
            result += [lines[at], *block, "```"]
            at = end + 1
    return result, stale


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("page", type=pathlib.Path, nargs="*")
    arguments = parser.parse_args()
    program = arguments.program.resolve()
    if program.name != "waverack" or not os.access(program, os.X_OK):
        sys.exit(f"{arguments.program} is not the program waverack")
    pages = arguments.page or [p for p in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))) if p.exists()]
    any_stale = False
    for page in pages:
        lines, stale = refresh(page, program)
        for number, command in stale:
            print(f"{page}:{number}: {'stale' if arguments.check else 'renewed'}: {command}")
        if stale and not arguments.check:
            page.write_text("\n".join(lines), encoding="utf-8")
        any_stale = any_stale or bool(stale)
    return 1 if arguments.check and any_stale else 0


if __name__ == "__main__":
    sys.exit(main())

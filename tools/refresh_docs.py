#!/usr/bin/env python3
"""Puts the real output of the program into the pages.

    tools/refresh_docs.py [--check] PROGRAM [PAGE...]

PROGRAM is the built program, such as build/release/app/waverack. Without pages: README.md and all of docs/.

A page of HTML with this comment is written by the command, under its own name; numbers that differ by one in
their last digit count as the same, because two machines round differently:

    <!-- made by: waverack claims --html claims.html -->

In other pages a fenced block that follows a marker line belongs to this tool:

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
MADE_BY = re.compile(r"^<!-- made by: (.+?) -->$", re.MULTILINE)
NUMBER = re.compile(r"(?<![\w.#])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")


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


def last_digit(number):
    """What one in its last digit is worth: 0.01 of "4.79", 1e-10 of "4.1e-9"."""
    mantissa, _, exponent = number.partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def same(one, other):
    """Whether two pages say the same, with numbers that differ by one in their last digit at most."""
    if NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    return all(abs(float(a) - float(b)) <= 1.001 * max(last_digit(a), last_digit(b))
               for a, b in zip(NUMBER.findall(one), NUMBER.findall(other)))


def refresh_made(page, program, made):
    """The page as its command makes it, and whether it is stale. `made` keeps what commands wrote."""
    old = page.read_text(encoding="utf-8")
    command = MADE_BY.search(old).group(1)
    if command not in made:
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(ROOT / "designs", os.path.join(folder, "designs"))
            run(command, folder, program)
            made[command] = {p.name: p.read_text(encoding="utf-8") for p in pathlib.Path(folder).glob("*.html")}
    new = made[command].get(page.name)
    if new is None:
        sys.exit(f"{page}: '{command}' writes no {page.name}")
    return new, [] if same(old, new) else [(1, command)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("page", type=pathlib.Path, nargs="*")
    arguments = parser.parse_args()
    program = arguments.program.resolve()
    if program.name != "waverack" or not os.access(program, os.X_OK):
        sys.exit(f"{arguments.program} is not the program waverack")
    made_pages = [p for p in sorted((ROOT / "docs").rglob("*.html")) if MADE_BY.search(p.read_text(encoding="utf-8"))]
    pages = arguments.page or [p for p in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *made_pages)
                               if p.exists()]
    any_stale, made = False, {}
    for page in pages:
        if page.suffix == ".html":
            text, stale = refresh_made(page, program, made)
        else:
            lines, stale = refresh(page, program)
            text = "\n".join(lines)
        for number, command in stale:
            print(f"{page}:{number}: {'stale' if arguments.check else 'renewed'}: {command}")
        if stale and not arguments.check:
            page.write_text(text, encoding="utf-8")
        any_stale = any_stale or bool(stale)
    return 1 if arguments.check and any_stale else 0


if __name__ == "__main__":
    sys.exit(main())

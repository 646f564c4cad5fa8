#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clazy and clang-tidy on the changed files: analyse.py --build DIR [--jobs N] [--all | --since REV]

Changed means: against the merge-base with origin/main; on main itself against the commit ten steps back; and whatever is not
committed. Without --all at most LIMIT files are looked at, the newest first, none is begun after SECONDS, and the rest is named.
A file whose preprocessed text and rules were clean before is not looked at again.
"""
import argparse
import concurrent.futures
import hashlib
import json
import pathlib
import re
import shlex
import subprocess
import sys
import time

import tree

LIMIT, SECONDS = 60, 270
MOCS = "mocs"
# Left out: first() on a list that was just made detaches nothing; our read-only models report from const functions; needs
# and actions are small structs of references, taken by value.
CLAZY = "level0,level1,no-detaching-temporary,no-const-signal-or-slot,returning-data-from-temporary,thread-with-slots,old-style-connect,base-class-event"
FINDING = re.compile(r"^(/\S+?):(\d+:\d+): (warning|error): (.*)$", re.M)


def git(*words):
    done = subprocess.run(["git", "-C", str(tree.ROOT), *words], capture_output=True, text=True)
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else None


def base_of(since):
    if since:
        return since
    head, shared = git("rev-parse", "HEAD"), git("merge-base", "HEAD", "origin/main")
    if head and shared and head != shared:
        return shared[0]
    line = git("rev-list", "--first-parent", "-n", "11", "HEAD")
    return line[-1] if line else None


def changed(since):
    """Changed paths, newest first; None where git cannot tell."""
    base = base_of(since)
    if base is None:
        return None
    fresh = git("ls-files", "-mo", "--exclude-standard") or []
    committed = git("log", "--format=", "--name-only", "--diff-filter=d", f"{base}..HEAD") or []
    if base == (git("rev-list", "--max-parents=0", "HEAD") or [""])[-1]:
        committed += git("ls-tree", "-r", "--name-only", base) or []
    return [path for path in dict.fromkeys(fresh + committed) if path and (tree.ROOT / path).is_file()]


def units_for(paths, units):
    """The translation units of the changed files; a changed header is read through the .cpp of its own name."""
    chosen = {}
    for path in paths:
        for candidate in (path, re.sub(r"\.h$", ".cpp", path)):
            if candidate in units:
                chosen[candidate] = units[candidate]
    return chosen


def read_units(build):
    units = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        file = pathlib.Path(entry["file"])
        if file.is_relative_to(tree.ROOT) and not file.is_relative_to(build):
            units[file.relative_to(tree.ROOT).as_posix()] = entry
    return units


def mocs_of(path, build):
    """A folder a file: tests of two floors have one name."""
    return build / MOCS / pathlib.PurePath(path).with_suffix("")


def fingerprint(path, entry, rules, build):
    command = shlex.split(entry["command"])
    if "-o" in command:
        at = command.index("-o")
        del command[at:at + 2]
    if pathlib.Path(command[0]).name == "ccache":
        del command[0]
    done = subprocess.run(command + ["-I", str(mocs_of(path, build)), "-E", "-P"], cwd=entry["directory"], capture_output=True)
    return hashlib.sha256(rules + done.stdout).hexdigest() if done.returncode == 0 else ""


def findings(path, build):
    """Deduplicated findings in our own files."""
    headers = f"{re.escape(str(tree.ROOT))}/(app|ui|models|tests)/.*"
    mocs = f"--extra-arg=-I{mocs_of(path, build)}"
    found, failed = {}, []
    for command in (["clang-tidy", "-p", str(build), "--quiet", f"--header-filter={headers}", mocs, path],
                    ["clazy-standalone", "-p", str(build), f"-checks={CLAZY}", f"-header-filter={headers}", mocs, path]):
        done = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, errors="replace")
        text = done.stdout + done.stderr
        for file, place, kind, words in FINDING.findall(text):
            file = pathlib.Path(file)
            if file.is_relative_to(tree.ROOT) and not file.is_relative_to(build):
                found[f"{file.relative_to(tree.ROOT)}:{place}: {words}"] = kind
        if done.returncode and not found:
            failed.append(f"{path}: {command[0]} ended with {done.returncode}: {text[-400:]}")
    return list(found) + failed


def look(path, entry, build, rules, stamps, until):
    """(path, findings, whether it was known as clean); findings are None when the time was over before."""
    if until and time.monotonic() > until:
        return path, None, False
    key = fingerprint(path, entry, rules, build)
    stamp = stamps / key
    if key and stamp.exists():
        return path, [], True
    found = findings(path, build)
    if key and not found:
        stamp.touch()
    return path, found, False


def generated(chosen, build):
    """What the chosen files include and only a build makes: NAME.moc, below the folder MOCS of the build."""
    moc = pathlib.Path(subprocess.run(["qmake6", "-query", "QT_INSTALL_LIBEXECS"], capture_output=True, text=True).stdout.strip()) / "moc"
    for path in chosen:
        mocs_of(path, build).mkdir(parents=True, exist_ok=True)
        for name in re.findall(r'(?m)^#include "(\w+\.moc)"', (tree.ROOT / path).read_text(errors="replace")):
            subprocess.run([str(moc), "-I", str(tree.ROOT), path, "-o", str(mocs_of(path, build) / name)], cwd=tree.ROOT, check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--since")
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    build = options.build.resolve()
    units = read_units(build)
    paths = options.paths or (None if options.all else changed(options.since))
    chosen = dict(units) if paths is None else units_for(paths, units)
    limited = not options.all and not options.paths
    left_out = list(chosen)[LIMIT:] if limited else []
    chosen = {path: units[path] for path in chosen if path not in left_out}
    generated(chosen, build)
    rules = (tree.ROOT / ".clang-tidy").read_bytes() + CLAZY.encode()
    stamps = build / "stamps"
    stamps.mkdir(exist_ok=True)
    known, looked, seen = 0, 0, {}
    until = time.monotonic() + SECONDS if limited else None
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, found, clean_before in pool.map(lambda item: look(*item, build, rules, stamps, until), chosen.items()):
            if found is None:
                left_out.append(path)
                continue
            looked, known = looked + 1, known + clean_before
            for line in found:
                if line not in seen:
                    print(line, flush=True)
                seen[line] = path
    print(f"    {looked} files, {known} of them known as clean, {len(seen)} findings"
          + (f"; {len(left_out)} changed files left to --all: {' '.join(left_out)}" if left_out else ""))
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the benchmarks of tests/bench and prints one table: figure, limit, verdict.

The full form fails on a missed first budget and on anything broken. The short form runs with small N and fails only on what is
broken: its figures say that the benchmark works, not how fast the program is.
"""
import argparse
import math
import os
import pathlib
import subprocess
import sys
import time


def number(text):
    return math.nan if text in ("nan", "-nan", "") else float(text)


def shown(value):
    if math.isnan(value):
        return "-"
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def verdict(value, relation, first, goal):
    """'goal', 'ok', 'MISSED', or '' for a figure without a limit."""
    if not relation or math.isnan(first):
        return ""
    holds = (lambda limit: value <= limit) if relation == "<=" else (lambda limit: value >= limit)
    if math.isnan(value) or not holds(first):
        return "MISSED"
    return "goal" if not math.isnan(goal) and holds(goal) else "ok"


def read(line):
    """A figure line of figures.h as (name, value, unit, relation, first, goal); None for any other line."""
    parts = line.rstrip("\n").split("\t")
    if len(parts) != 7 or parts[0] != "figure":
        return None
    return parts[1], number(parts[2]), parts[3], parts[4], number(parts[5]), number(parts[6])


def run(command, environment):
    """Figures, complaints and seconds of one benchmark; its other lines go through to the log."""
    figures, complaints, begun = [], [], time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, errors="replace",
                          env=environment) as process:
        for line in process.stdout:
            figure = read(line)
            if figure:
                figures.append(figure)
            elif line.startswith("broken\t"):
                complaints.append(" ".join(line.split("\t")[1:]).strip())
            else:
                print("   ", line.rstrip(), flush=True)
    if process.returncode:
        complaints.append(f"ended with status {process.returncode}")
    if not figures:
        complaints.append("booked no figure")
    return figures, complaints, time.monotonic() - begun


def prove_itself():
    assert verdict(1.5, "<=", 1.6, 0.25) == "ok" and verdict(1.7, "<=", 1.6, math.nan) == "MISSED"
    assert verdict(0.2, "<=", 1.6, 0.25) == "goal" and verdict(97, ">=", 98, math.nan) == "MISSED"
    assert verdict(math.nan, "<=", 1, math.nan) == "MISSED" and verdict(3, "", math.nan, math.nan) == ""
    assert read("figure\tsearch\t12\tms\t<=\t30\tnan\n")[1] == 12 and read("some log line") is None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=pathlib.Path, required=True)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("only", nargs="*", help="names of benchmarks; none = all")
    options = parser.parse_args()
    prove_itself()
    programs = sorted(p for p in options.programs.glob("*_bench") if not options.only or p.name in options.only)
    if not programs:
        print(f"no benchmark in {options.programs}")
        return 1
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8", "ROLLCALL_BIN": str(options.bin.resolve())}
    rows, complaints = [], []
    for program in programs:
        figures, broken, seconds = run([str(program)] + (["--short"] if options.short else []), environment)
        rows += [(program.name.removesuffix("_bench"), *figure) for figure in figures]
        complaints += [f"{program.name}: {what}" for what in broken]
        print(f"  {program.name} {seconds:.0f} s", flush=True)
    print(f"\n  {'benchmark':<12} {'figure':<58} {'value':>9} {'unit':<6} {'first':>11} {'goal':>9}  verdict")
    missed = 0
    for benchmark, name, value, unit, relation, first, goal in rows:
        said = verdict(value, relation, first, goal)
        missed += said == "MISSED"
        limit = f"{relation} {shown(first)}" if relation else "-"
        print(f"  {benchmark:<12} {name:<58} {shown(value):>9} {unit:<6} {limit:>11} {shown(goal):>9}  "
              f"{'(short)' if options.short and said else said}")
    for complaint in complaints:
        print(f"  BROKEN {complaint}")
    print(f"  {len(rows)} figures, {len(complaints)} broken, " +
          ("short form: figures are not judged" if options.short else f"{missed} over the first budget"))
    return 1 if complaints or (missed and not options.short) else 0


if __name__ == "__main__":
    sys.exit(main())

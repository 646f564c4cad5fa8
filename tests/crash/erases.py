#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program in the middle of erasing people and of retention, again and again, and looks at what is left.

rollcall-erasing (the real store without the window) works on a profile of people each of whom has texts that nobody
else has, and a backup of it. After each kill the file must be whole and the journal's chain sound. Erasing: who was
said to be erased is in no byte of any file (lost = 0); everybody else is whole in the database (half = 0); erasing the
rest again ends it: no byte of anybody, every number still do-not-contact, the chain sound. Retention is one
transaction: all that was due is there, or nothing of it and the journal says so (half = 0). Ways to die: kill -9 at a
random moment, and (where strace works) at the N-th pwrite64, fdatasync, unlink or ftruncate.

    erases.py [--short] [--trials N] [--seed S]
"""
import argparse
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from blocks import Broken, strace, strace_works  # noqa: E402

PROGRAM = pathlib.Path(os.path.abspath(sys.argv[0])).parent / "rollcall-erasing"
PATIENCE = 120
PEOPLE = 6
AHEAD = 100  # days: people nobody had to do with are due after 30
FIELDS = ("name", "raw", "email", "note")


class Trials:
    def __init__(self, folder, seed):
        self.folder = folder
        self.random = random.Random(seed)
        self.count = self.killed = self.acknowledged = self.lost = self.half = 0

    def line(self):
        return (f"trials {self.count}, killed {self.killed}, acknowledged {self.acknowledged}, lost {self.lost}, "
                f"half erased {self.half}")

    @staticmethod
    def command(profile, *words):
        return [str(PROGRAM), "--days", "0" if words[0] == "fill" else str(AHEAD), str(profile), *map(str, words)]

    def run(self, profile, *words, prefix=()):
        done = subprocess.run([*prefix, *self.command(profile, *words)], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL if prefix else None, text=True, timeout=PATIENCE)
        if not prefix and done.returncode != 0:
            raise Broken(f"{words[0]} ended with {done.returncode}: {done.stdout.splitlines()[-1:]}")
        return done.stdout.splitlines(), done.returncode

    def kill_after(self, seconds, profile, *words):
        process = subprocess.Popen(self.command(profile, *words), stdout=subprocess.PIPE)
        try:
            text = process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            text = process.communicate()[0]
            self.killed += 1
        return text.decode().split("\n")[:-1]

    def fresh(self, base):
        profile = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        shutil.rmtree(profile)
        shutil.copytree(base, profile)
        return profile

    def whole(self, profile):
        lines, _ = self.run(profile, "verify")
        if lines[0] != "integrity ok" or not lines[-1].startswith("journal sound"):
            raise Broken(f"the file is not whole: {lines}")

    @staticmethod
    def hits(profile, mark):
        """Files in which a text of the person stands, as UTF-8 or UTF-16."""
        needles = (mark.encode(), mark.encode("utf-16-le"))
        return sorted(str(path.relative_to(profile)) for path in profile.rglob("*")
                      if path.is_file() and any(needle in path.read_bytes() for needle in needles))

    def rows(self, profile, people):
        """id -> 0 nothing, 4 all of the person's fields; between: half."""
        database = sqlite3.connect(f"file:{profile}/rollcall.db?mode=ro", uri=True)
        found = {}
        for number, mark in people.items():
            row = database.execute(f"SELECT {', '.join(FIELDS)} FROM people WHERE id = ?", (number,)).fetchone()
            found[number] = 0 if row is None else sum(1 for value in row if value)
        stopped = {row[0] for row in database.execute("SELECT alias FROM stops")}
        entries = dict(database.execute("SELECT act, count(*) FROM journal GROUP BY act").fetchall())
        database.close()
        return found, stopped, entries

    def after_a_kill(self, profile, people, said):
        self.whole(profile)
        told = {int(line.split()[1]) for line in said if line.startswith("erased ")}
        self.acknowledged += len(told)
        found, stopped, _ = self.rows(profile, people)
        for number, mark in people.items():
            if number in told and (found[number] or self.hits(profile, mark)):
                self.lost += 1
                print(f"  {number} was said to be erased and is in {self.hits(profile, mark)}")
            elif found[number] not in (0, len(FIELDS)):
                self.half += 1
                print(f"  {number} is half there: {found[number]} fields")
            elif found[number] == 0 and digits(mark) not in stopped:
                self.half += 1
                print(f"  {number} is gone and not suppressed")
            elif found[number] == 0 and "rollcall.db" in self.hits(profile, mark):
                self.half += 1
                print(f"  {number} is gone and still in a row of the database")

    def ends(self, profile, people):
        """The rest is erased: no byte of anybody is left anywhere, and everybody stays suppressed."""
        lines, _ = self.run(profile, "erase", *people)
        if not lines[-1].startswith("finished "):
            raise Broken(f"erasing did not end: {lines[-2:]}")
        self.whole(profile)
        found, stopped, _ = self.rows(profile, people)
        for number, mark in people.items():
            if found[number] or self.hits(profile, mark) or digits(mark) not in stopped:
                self.lost += 1
                print(f"  {number} is left in the end: {found[number]} fields, {self.hits(profile, mark)}")

    def erase_trial(self, base, people, die):
        profile = self.fresh(base)
        said = die(profile)
        if said is not None:
            self.count += 1
            self.after_a_kill(profile, people, said)
            self.ends(profile, people)
        shutil.rmtree(profile)

    def retain_trial(self, base, people, die):
        profile = self.fresh(base)
        said = die(profile)
        if said is not None:
            self.count += 1
            self.whole(profile)
            found, _, entries = self.rows(profile, people)
            there = sum(1 for value in found.values() if value)
            done = entries.get("retention", 0)
            if there not in (0, len(people)) or (there == 0) != (done == 1):
                self.half += 1
                print(f"  retention: {there} of {len(people)} are there, {done} entries")
            if said and said[-1].startswith("removed "):
                self.acknowledged += 1
                self.lost += int(there != 0)
            self.run(profile, "retain")
            self.whole(profile)
            if any(self.rows(profile, people)[0].values()):
                raise Broken("retention did not go on after a kill")
        shutil.rmtree(profile)


def digits(mark):
    return 4915112340000 + int(mark[1:5])


def prove(trials, base, people):
    """The driver must see somebody who comes back, and somebody who is half there."""
    profile = trials.fresh(base)
    number, mark = next(iter(people.items()))
    before = trials.hits(profile, mark)
    if "rollcall.db" not in before or not any(name.startswith("backups") for name in before):
        raise Broken(f"the texts are not found where they must be: {before}")
    trials.after_a_kill(profile, people, [f"erased {number}"])
    if trials.lost != 1:
        raise Broken("the driver did not notice that nothing was erased")
    database = sqlite3.connect(profile / "rollcall.db")
    database.execute("UPDATE people SET name = '', note = '' WHERE id = ?", (number,))
    database.commit()
    database.close()
    trials.after_a_kill(profile, people, [])
    if trials.half != 1:
        raise Broken("the driver did not notice somebody half erased")
    shutil.rmtree(profile)


def reach(trials, base, call, *words):
    profile = trials.fresh(base)
    log = profile.with_suffix(".strace")
    trials.run(profile, *words, prefix=["strace", "-f", "-qq", "-e", f"trace={call}", "-o", str(log)])
    counts = {}
    for entry in log.read_text().splitlines():
        if f" {call}(" in entry:
            thread = entry.split(" ", 1)[0]
            counts[thread] = counts.get(thread, 0) + 1
    shutil.rmtree(profile)
    log.unlink()
    return max(counts.values(), default=0)


def campaign(trials, arguments):
    base = pathlib.Path(tempfile.mkdtemp(dir=trials.folder))
    lines, _ = trials.run(base, "fill", PEOPLE)
    people = {int(line.split()[1]): line.split()[2] for line in lines if line.startswith("person ")}
    prove(Trials(trials.folder, arguments.seed), base, people)
    print("the driver sees what it should (the lines above are its own doing)", flush=True)
    kinds = {"erase": (trials.erase_trial, ["erase", *people]), "retain": (trials.retain_trial, ["retain"])}
    for name, (trial, words) in kinds.items():
        probe = trials.fresh(base)
        started = time.monotonic()
        trials.run(probe, *words)
        length = time.monotonic() - started
        shutil.rmtree(probe)
        for _ in range(arguments.trials or (6 if arguments.short else 60)):
            trial(base, people, lambda profile: trials.kill_after(trials.random.uniform(0, length), profile, *words))
        print(f"{name}, random moments in {length:.2f} s: {trials.line()}", flush=True)
        if not strace_works():
            print("strace is not here or may not trace: the kill at the N-th system call was NOT tried")
            continue
        for call in ("pwrite64", "fdatasync", "unlink", "ftruncate"):
            last = reach(trials, base, call, *words)
            chosen = range(1, last + 1)
            few = trials.random.sample(chosen, min(2 if arguments.short else 40, last))
            for nth in sorted(few):
                def at_call(profile):
                    said, code = trials.run(profile, *words, prefix=strace(call, nth))
                    trials.killed += code != 0
                    return said if code != 0 else None
                trial(base, people, at_call)
            print(f"{name}, N-th {call} of {last}: {trials.line()}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="under a minute")
    parser.add_argument("--trials", type=int, default=0, help="random trials of each kind")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="rollcall-erases-") as folder:
        trials = Trials(pathlib.Path(folder), arguments.seed)
        try:
            campaign(trials, arguments)
        except (Broken, subprocess.TimeoutExpired) as failure:
            print(f"BROKEN: {failure}")
            print(trials.line())
            return 1
        print(trials.line())
        return 1 if trials.lost or trials.half or not trials.killed else 0


if __name__ == "__main__":
    sys.exit(main())

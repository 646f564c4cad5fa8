#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program in the middle of an import and of a check run, again and again, and looks at what is left.

rollcall-headless (the real models without the window) works on a profile against rollcall-sandbox, whose ledger knows
what was asked. What headless printed was acknowledged. First the driver proves on spoilt profiles that it would notice. After each kill the file must be whole, the journal's chain
sound, everything acknowledged still there, and going on must ask nothing again that was answered. Three ways to die:
kill -9 at a random moment, a second kill while it recovers, and (where strace works) at the N-th pwrite64 or fdatasync.
kill -9 says nothing about a cut power line: the kernel keeps what was written (reliability.md, M20).

    crash.py [--short] [--trials N] [--seed S]        ROLLCALL_BIN names the folder of rollcall-sandbox
"""
import argparse
import collections
import contextlib
import io
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(os.path.abspath(sys.argv[0])).parent
HEADLESS = HERE / "rollcall-headless"
SANDBOX = pathlib.Path(os.environ.get("ROLLCALL_BIN", HERE.parent / "bin")) / "rollcall-sandbox"
DECIDED = {"valid", "invalid", "failed", "unverified"}
PATIENCE = 120  # seconds until a program counts as hung


class Broken(Exception):
    """A promise that did not hold."""


class Sandbox:
    """rollcall-sandbox on a free port. A quarter of its numbers takes a while, so that "processing" is met too."""

    def __init__(self):
        self.process = subprocess.Popen(
            [SANDBOX, "--decide-after", "40", "--fault", "slow=15"], stdout=subprocess.PIPE, text=True)
        self.origin = self.process.stdout.readline().strip()
        if not self.origin.startswith("http://127.0.0.1:"):
            raise Broken("the sandbox did not start")

    def call(self, path, method="GET", body=None):
        request = urllib.request.Request(self.origin + path, method=method, data=body)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.read()

    def reset(self):
        self.call("/_sandbox/reset", "POST", b"")

    def asked(self, after=0):
        """(entry number, input, status) of everything asked since an entry."""
        entries = json.loads(self.call(f"/_sandbox/ledger?after={after}"))["ledger"]
        return [(entry["number"], row["input"], row["status"]) for entry in entries for row in entry["asked"]]

    def people(self, rows, path):
        path.write_bytes(self.call(f"/_sandbox/world.csv?rows={rows}"))

    def end(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


class Trials:
    def __init__(self, sandbox, folder, seed):
        self.sandbox = sandbox
        self.folder = folder
        self.random = random.Random(seed)
        self.epoch = int(time.time() * 1000)
        self.count = self.killed = self.acknowledged = self.lost = self.doubled = self.unknown = 0
        self.worst_recovery = 0.0
        self.told = set()  # in this trial
        self.gated = 0

    # -- the program ---------------------------------------------------------------------------------------------------

    def command(self, profile, *words):
        return [HEADLESS, "--sandbox", self.sandbox.origin + "/v1", "--user", "admin", "--password", "Sandbox-2026",
                "--epoch", str(self.epoch), "--speed", "30", profile, *words]

    def run(self, profile, *words, prefix=()):
        """To its end; answers its lines. `prefix`: strace, in which case any end is fine."""
        done = subprocess.run([*prefix, *self.command(profile, *words)], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL if prefix else None, text=True, timeout=PATIENCE)
        lines = done.stdout.splitlines()
        if not prefix and done.returncode != 0:
            raise Broken(f"{' '.join(map(str, words))} ended with {done.returncode}: {lines[-1:]}")
        return lines, done.returncode

    def kill_after(self, seconds, profile, *words):
        """Starts, kills -9 after so many seconds, answers the whole lines it had said."""
        process = subprocess.Popen(self.command(profile, *words), stdout=subprocess.PIPE)
        try:
            text = process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            text = process.communicate()[0]
            self.killed += 1
        return text.decode().split("\n")[:-1]

    def fresh(self, base=None):
        self.told = set()
        profile = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        if base:
            shutil.rmtree(profile)
            shutil.copytree(base, profile)
        return profile

    # -- what must hold ------------------------------------------------------------------------------------------------

    def whole(self, profile):
        started = time.monotonic()
        lines, _ = self.run(profile, "verify")
        self.worst_recovery = max(self.worst_recovery, time.monotonic() - started)
        if lines[:1] != ["integrity ok"] or not lines[-1].startswith("journal sound"):
            raise Broken(f"the file is not whole: {lines}")

    def answers(self, profile):
        return [line for line in self.run(profile, "answers")[0] if line.startswith("answer ")]

    def people(self, profile):
        return [line for line in self.run(profile, "people")[0] if line.startswith("person ")]

    # -- check runs ----------------------------------------------------------------------------------------------------

    def after_a_kill(self, profile, said):
        """What was acknowledged is there; answers the inputs that were answered for good."""
        self.whole(profile)
        told = {line for line in said if line.startswith("answer ")}
        kept = set(self.answers(profile))
        gone = sorted(told - kept)
        self.acknowledged += len(told - self.told)
        self.told |= told
        self.lost += len(gone)
        if gone:
            print(f"  lost: {gone[:3]}")
        return {line.split(" ", 3)[3] for line in kept if line.split(" ", 3)[2] in DECIDED}

    def goes_on(self, profile, answered):
        """To the end of the run: nothing answered is asked again, everybody has an answer."""
        before = max((number for number, _, _ in self.sandbox.asked()), default=0)
        lines, _ = self.run(profile, "check")
        if not re.match(r"finished |nothing to ask", lines[-1]):
            raise Broken(f"the run did not end: {lines[-3:]}")
        again = {text for _, text, _ in self.sandbox.asked(before)} & answered
        self.doubled += len(again)
        if again:
            print(f"  asked again: {sorted(again)[:3]}")
        self.whole(profile)
        items = [line.split(" ", 4) for line in self.run(profile, "runs")[0] if line.startswith("item ")]
        self.unknown += sum(1 for item in items if item[2] in ("0", "1"))
        final = {line.split(" ", 3)[3] for line in self.answers(profile) if line.split(" ", 3)[2] in DECIDED}
        missing = {item[4] for item in items if item[2] in ("2", "3")} - final
        self.lost += len(missing)
        if missing:
            print(f"  without an answer: {sorted(missing)[:3]}")

    def check_killed_at_random(self, base, length):
        self.count += 1
        self.sandbox.reset()
        self.slow()
        profile = self.fresh(base)
        said = self.kill_after(self.random.uniform(0, length), profile, "check")
        answered = self.after_a_kill(profile, said)
        if self.random.random() < 0.4:  # a second kill while it recovers
            said = self.kill_after(self.random.uniform(0, 0.3), profile, "check")
            answered = self.after_a_kill(profile, said)
        self.goes_on(profile, answered)
        shutil.rmtree(profile)

    def check_killed_at(self, base, call, nth):
        self.sandbox.reset()
        self.slow()
        profile = self.fresh(base)
        said, code = self.run(profile, "check", prefix=strace(call, nth))
        if code != 0:
            self.count += 1
            self.killed += 1
            self.goes_on(profile, self.after_a_kill(profile, said))
        shutil.rmtree(profile)

    def slow(self):
        self.sandbox.call("/_sandbox/faults", "POST", b'{"add": "slow=15"}')

    # -- imports -------------------------------------------------------------------------------------------------------

    def after_an_import(self, profile, said, file, everybody):
        """All of it or nothing, all of it when that was acknowledged; then once more to the end."""
        self.whole(profile)
        told = any(line.startswith("imported ") for line in said)
        self.acknowledged += told
        here = len(self.people(profile))
        if here not in (0, everybody) or (told and here != everybody):
            self.lost += abs(everybody - here)
            print(f"  {here} of {everybody} people after the kill, acknowledged: {told}")
        self.run(profile, "import", file)
        twice = len(self.people(profile)) - everybody
        self.doubled += abs(twice)
        if twice:
            print(f"  {twice} people more than there are after importing again")
        self.whole(profile)

    def import_killed_at_random(self, file, everybody, length):
        self.count += 1
        profile = self.fresh()
        said = self.kill_after(self.random.uniform(0, length), profile, "import", file)
        self.after_an_import(profile, said, file, everybody)
        shutil.rmtree(profile)

    def import_killed_at(self, file, everybody, call, nth):
        profile = self.fresh()
        said, code = self.run(profile, "import", file, prefix=strace(call, nth))
        if code != 0:
            self.count += 1
            self.killed += 1
            self.after_an_import(profile, said, file, everybody)
        shutil.rmtree(profile)

    # -- every commit a sync ---------------------------------------------------------------------------------

    def synced_first(self, base, file):
        """kill -9 cannot tell whether anything was synced (M20), the system calls can: each commit frame in the WAL (its
        header tells the size of the database) is synced before the next frame is written, and before `imported` is said."""
        for words in (("import", file), ("check",)):
            self.sandbox.reset()
            profile = self.fresh(base)
            log = profile.with_suffix(".strace")
            calls = "trace=pwrite64,fdatasync,write"
            self.run(profile, *words, prefix=["strace", "-f", "-y", "-qq", "-e", calls, "-o", log])
            waiting = False
            for call in log.read_text().splitlines():
                frame = re.search(r'pwrite64\(\d+<[^>]*db-wal>, "(.*)", 24, ', call)
                if frame and waiting:
                    raise Broken("a commit was followed by another one before it was synced")
                if frame and frame.group(1).encode().decode("unicode_escape")[4:8] != "\0\0\0\0":
                    waiting = True
                elif re.search(r"fdatasync\(\d+<[^>]*db-wal>", call):
                    self.gated += waiting
                    waiting = False
                elif re.search(r'write\(1<[^>]*>, "imported ', call) and waiting:
                    raise Broken("the import was acknowledged before it was synced")
            if waiting or not self.gated:
                raise Broken("a commit was never synced, or none was seen")
            shutil.rmtree(profile)
            log.unlink()

    def line(self):
        return (f"trials {self.count} (killed {self.killed}), acknowledged {self.acknowledged}, lost {self.lost}, "
                f"doubled {self.doubled}, unknown left {self.unknown}, worst recovery {self.worst_recovery:.2f} s")


def strace(call, nth):
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={nth}"]


def strace_works():
    """It must be there and the kernel must let it."""
    if not shutil.which("strace"):
        return False
    killed = subprocess.run(strace("write", 1) + ["echo", "x"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return killed.returncode != 0


def timed(work):
    started = time.monotonic()
    work()
    return time.monotonic() - started


def reach(trials, base, call, *words):
    """How often the busiest thread makes this call when nothing disturbs it (strace counts by thread)."""
    trials.sandbox.reset()
    trials.slow()
    profile = trials.fresh(base)
    log = profile.with_suffix(".strace")
    trials.run(profile, *words, prefix=["strace", "-f", "-qq", "-e", f"trace={call}", "-o", log])
    threads = collections.Counter(line.split(" ", 1)[0] for line in log.read_text().splitlines() if f" {call}(" in line)
    shutil.rmtree(profile)
    log.unlink()
    return max(threads.values(), default=0)


def sweep(trials, trial, last, short):
    """The trial at the N-th call: every N up to the last, or five of them drawn by chance."""
    chosen = range(1, last + 1)
    for nth in sorted(trials.random.sample(chosen, min(5, last))) if short else chosen:
        trial(nth)


def spoil(profile, statement):
    database = sqlite3.connect(profile / "rollcall.db")
    database.execute("PRAGMA foreign_keys=OFF")
    changed = database.execute(statement).rowcount
    database.commit()
    database.close()
    if changed < 1:
        raise Broken(f"the driver could not spoil a profile: {statement}")


def prove(trials, base, small, few_people):
    """Each way to break the promises, made by hand, must be counted; else the driver is blind and the result worth nothing."""
    def half_a_run():
        profile = trials.fresh(base)
        trials.sandbox.reset()
        trials.slow()
        return profile, trials.kill_after(0.6, profile, "check")

    profile, said = half_a_run()
    if not any(line.startswith("answer ") for line in said):
        profile, said = trials.fresh(base), trials.run(profile, "check")[0]
        trials.run(profile, "check")
    spoil(profile, "DELETE FROM verdicts WHERE id = (SELECT min(id) FROM verdicts)")
    trials.after_a_kill(profile, said)
    if trials.lost != 1:
        raise Broken("the driver did not notice a lost answer")

    profile, said = half_a_run()
    answered = trials.after_a_kill(profile, said)
    spoil(profile, "UPDATE run_items SET state = 0")
    spoil(profile, "UPDATE runs SET state = 0, answered = 0, failed = 0")
    trials.goes_on(profile, answered)
    if trials.doubled == 0:
        raise Broken("the driver did not notice that answered numbers were asked again")

    profile = trials.fresh()
    said, _ = trials.run(profile, "import", small)
    lost = trials.lost
    spoil(profile, "DELETE FROM people WHERE id = (SELECT max(id) FROM people)")
    trials.after_an_import(profile, said, small, few_people)
    if trials.lost == lost:
        raise Broken("the driver did not notice a person who went missing")

    spoil(profile, "UPDATE journal SET operator = 'somebody else' WHERE seq = 2")
    try:
        trials.whole(profile)
    except Broken:
        return
    raise Broken("the driver did not notice a changed journal")


def campaign(trials, arguments):
    folder, sandbox = trials.folder, trials.sandbox
    small, large = folder / "small.csv", folder / "large.csv"
    sandbox.people(20, small)
    sandbox.people(2000, large)
    few, many = trials.fresh(), trials.fresh()
    import_seconds = timed(lambda: trials.run(many, "import", large))
    everybody = len(trials.people(many))
    trials.run(few, "import", small)
    few_people = len(trials.people(few))
    base = trials.fresh()
    middle = folder / "middle.csv"
    sandbox.people(120, middle)
    trials.run(base, "import", middle)
    probe = trials.fresh(base)
    check_seconds = timed(lambda: trials.run(probe, "check"))
    print(f"undisturbed: import of 2000 rows {import_seconds:.2f} s, check of 120 rows {check_seconds:.2f} s", flush=True)

    with contextlib.redirect_stdout(io.StringIO()):
        proving = Trials(sandbox, folder, arguments.seed)
        proving.epoch = trials.epoch
        prove(proving, base, small, few_people)

    random_trials = arguments.trials or (8 if arguments.short else 60)
    for _ in range(random_trials):
        trials.check_killed_at_random(base, check_seconds * 1.1)
    print(f"check, random moments: {trials.line()}", flush=True)
    for _ in range(random_trials):
        trials.import_killed_at_random(large, everybody, import_seconds * 1.1)
    print(f"import, random moments: {trials.line()}", flush=True)

    if not strace_works():
        print("strace is not here or may not trace: the kill at the N-th system call was NOT tried")
        return
    trials.synced_first(few, small)
    print(f"commits synced before anything else: {trials.gated} of {trials.gated}", flush=True)
    for call in ("pwrite64", "fdatasync"):
        sweep(trials, lambda nth: trials.import_killed_at(small, few_people, call, nth),
              reach(trials, None, call, "import", small), arguments.short)
        sweep(trials, lambda nth: trials.check_killed_at(few, call, nth), reach(trials, few, call, "check"), arguments.short)
        print(f"N-th {call}: {trials.line()}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="under a minute")
    parser.add_argument("--trials", type=int, default=0, help="random trials of each kind")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    sandbox = Sandbox()
    try:
        with tempfile.TemporaryDirectory(prefix="rollcall-crash-") as folder:
            trials = Trials(sandbox, pathlib.Path(folder), arguments.seed)
            try:
                campaign(trials, arguments)
            except (Broken, subprocess.TimeoutExpired) as failure:
                print(f"BROKEN: {failure}")
                print(trials.line())
                return 1
            print(trials.line())
            return 1 if trials.lost or trials.doubled or trials.unknown or not trials.killed else 0
    finally:
        sandbox.end()


if __name__ == "__main__":
    sys.exit(main())

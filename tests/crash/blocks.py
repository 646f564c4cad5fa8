#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program in the middle of block and unblock runs, again and again, and looks at what is left.

rollcall-blocking (the real models without the window) works on a profile against rollcall-sandbox's 360dialog, whose
ledger knows every delivery. After each kill the file must be whole and the journal's chain sound; the run is resumed
until it ends. Then: whatever was said to be done still is and is what the gateway's list says (lost = 0); nobody was
blocked or unblocked by two deliveries (doubled = 0); nothing is left being sent or unknown (unknown left = 0), since
this gateway's list can be read. Ways to die: kill -9 at a random moment, a second one while it recovers, and (where
strace works) at the N-th pwrite64, fdatasync or write (sockets too).

    blocks.py [--short] [--trials N] [--seed S]        ROLLCALL_BIN names the folder of rollcall-sandbox
"""
import argparse
import collections
import contextlib
import io
import json
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
import urllib.parse
import urllib.request

HERE = pathlib.Path(os.path.abspath(sys.argv[0])).parent
PROGRAM = HERE / "rollcall-blocking"
SANDBOX = pathlib.Path(os.environ.get("ROLLCALL_BIN", HERE.parent / "bin")) / "rollcall-sandbox"
KEY = "sandbox-d360-key"
PATIENCE = 120  # seconds until a program counts as hung
SPEED = 60
PLANNED, SENDING, DONE, REFUSED, UNKNOWN, DEFERRED, _, NOT_SENT = range(8)


class Broken(Exception):
    """A promise that did not hold."""


class Sandbox:
    def __init__(self):
        self.process = subprocess.Popen([SANDBOX], stdout=subprocess.PIPE, text=True)
        self.origin = self.process.stdout.readline().strip()
        if not self.origin.startswith("http://127.0.0.1:"):
            raise Broken("the sandbox did not start")

    def call(self, path, method="GET", body=None):
        request = urllib.request.Request(self.origin + path, method=method, data=body)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read() or b"null")

    def reset(self):
        self.call("/_sandbox/reset", "POST", b"")
        self.call("/_sandbox/faults", "POST", b'{"add": "slow=25"}')

    def reachable(self, count):
        """Numbers that can be blocked: they wrote within the last 24 hours."""
        found, digits = [], 447400100000
        while len(found) < count:
            digits += 7
            person = self.call("/_sandbox/person?phone=" + urllib.parse.quote(f"+{digits}"))
            inbound = person["last_inbound_ms"] or 0
            if person["subscriber"] and time.time() * 1000 - inbound < 20 * 3600 * 1000:  # 4 h are left for the trials
                found.append(f"+{digits}")
            if digits > 447400300000:
                raise Broken(f"too few people can be blocked: {person}")
        return found

    def delivered(self, outcome):
        """wa_id -> how many deliveries of the ledger had this outcome."""
        counts = collections.Counter()
        for entry in self.call("/_sandbox/ledger")["ledger"]:
            counts.update(acted["wa_id"] for acted in entry["acted"] if acted["outcome"] == outcome)
        return counts

    def blocked(self):
        return set(self.call("/_sandbox/blocks")["blocked"])

    def end(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


class Trials:
    def __init__(self, sandbox, folder, seed, numbers):
        self.sandbox = sandbox
        self.folder = folder
        self.random = random.Random(seed)
        self.numbers = numbers
        self.epoch = int(time.time() * 1000)
        self.count = self.killed = self.acknowledged = self.lost = self.doubled = self.unknown = self.met = 0

    def command(self, profile, *words):
        return [PROGRAM, "--gateway", self.sandbox.origin + "/d360", "--key", KEY, "--epoch", str(self.epoch),
                "--speed", str(SPEED), profile, *words]

    def run(self, profile, *words, prefix=()):
        done = subprocess.run([*prefix, *self.command(profile, *words)], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, timeout=PATIENCE)
        lines = done.stdout.splitlines()
        if not prefix and done.returncode != 0:
            raise Broken(f"{words[0]} ended with {done.returncode}: {lines[-1:]}")
        return lines, done.returncode

    def kill_after(self, seconds, profile, *words):
        process = subprocess.Popen(self.command(profile, *words), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            text = process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            text = process.communicate()[0]
            self.killed += 1
        return text.decode().split("\n")[:-1]

    def fresh(self):
        return pathlib.Path(tempfile.mkdtemp(dir=self.folder))

    @staticmethod
    def operations(lines):
        """id -> (run, state, confirmed, number), the last word on each."""
        found = {}
        for line in lines:
            if line.startswith("op "):
                _, item, run, state, confirmed, number = line.split(" ")
                found[int(item)] = (int(run), int(state), confirmed == "1", number)
        return found

    def whole(self, profile):
        lines, _ = self.run(profile, "verify")
        if lines[:1] != ["integrity ok"] or not lines[-1].startswith("journal sound"):
            raise Broken(f"the file is not whole: {lines}")

    def after_a_kill(self, profile, said):
        """What was acknowledged as done is still there; what was being sent is shown as unknown."""
        self.whole(profile)
        now = self.operations(self.run(profile, "told")[0])
        told = {item: word for item, word in self.operations(said).items() if word[1] in (DONE, REFUSED)}
        self.acknowledged += len(told)
        gone = [item for item, word in told.items() if item not in now or now[item][1] != word[1]
                and not (word[1] == DONE and not word[2] and now[item][1] == REFUSED)]
        self.lost += len(gone)
        self.met += sum(1 for word in now.values() if word[1] == UNKNOWN)
        self.unknown += sum(1 for word in now.values() if word[1] == SENDING)
        return now

    def ends(self, profile, act):
        lines, _ = self.run(profile, act, *self.numbers)
        if not lines[-1].startswith("finished "):
            raise Broken(f"the run did not end: {lines[-3:]}")
        self.whole(profile)
        return self.operations(lines + self.run(profile, "told")[0])

    @staticmethod
    def unfinished(operations, act):
        runs = {word[0] for word in operations.values()}
        return len(runs) < (2 if act == "unblock" else 1) or any(
            word[1] in (PLANNED, SENDING, UNKNOWN, DEFERRED) for word in operations.values())

    def judge(self, final, act):
        """Ledger and list of the gateway against what the program says of the newest run."""
        run = max(word[0] for word in final.values())
        mine = {word[3]: word for word in final.values() if word[0] == run}
        blocked = self.sandbox.blocked()
        for number in self.numbers:
            state = mine[number][1]
            there = number[1:] in blocked
            if state in (PLANNED, SENDING, UNKNOWN, DEFERRED):
                self.unknown += 1
            elif state == DONE and there != (act == "block"):
                self.lost += 1
                print(f"  {number} is done here and {'there' if there else 'not there'}")
        deliveries = self.sandbox.delivered("blocked" if act == "block" else "unblocked")
        doubled = [waid for waid, count in deliveries.items() if count > 1]
        self.doubled += len(doubled)
        if doubled:
            print(f"  delivered twice: {doubled[:3]}")
        return sum(1 for word in mine.values() if word[1] == DONE)

    def trial(self, act, die):
        """`die(profile, act)` starts the act and has it killed; answers its lines, nothing when it came to its end."""
        profile = self.fresh()
        self.sandbox.reset()
        if act == "unblock":
            self.run(profile, "block", *self.numbers)
        said = die(profile, act)
        if said is not None:
            self.count += 1
            final = self.after_a_kill(profile, said)
            if self.unfinished(final, act) and self.random.random() < 0.4:
                said = self.kill_after(self.random.uniform(0, 0.5), profile, act, *self.numbers)
                final = self.after_a_kill(profile, said)
            # A run that came to its end is not started again: that would be another command.
            if self.unfinished(final, act):
                final = self.ends(profile, act)
            self.judge(final, act)
        shutil.rmtree(profile)

    def line(self):
        return (f"trials {self.count} (killed {self.killed}), acknowledged {self.acknowledged}, lost {self.lost}, "
                f"doubled {self.doubled}, unknown met {self.met}, unknown left {self.unknown}")


def strace(call, nth):
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={nth}"]


def strace_works():
    if not shutil.which("strace"):
        return False
    killed = subprocess.run(strace("write", 1) + ["echo", "x"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return killed.returncode != 0


def reach(trials, call, act="block"):
    """How often the busiest thread makes this call in an undisturbed run."""
    trials.sandbox.reset()
    profile = trials.fresh()
    log = profile.with_suffix(".strace")
    trials.run(profile, act, *trials.numbers,
               prefix=["strace", "-f", "-qq", "-e", f"trace={call}", "-o", log])
    threads = collections.Counter(line.split(" ", 1)[0] for line in log.read_text().splitlines() if f" {call}(" in line)
    shutil.rmtree(profile)
    log.unlink()
    return max(threads.values(), default=0)


def spoil(profile, statement):
    database = sqlite3.connect(profile / "rollcall.db")
    changed = database.execute(statement).rowcount
    database.commit()
    database.close()
    if changed < 1:
        raise Broken(f"the driver could not spoil a profile: {statement}")


def prove(trials):
    """Each way to break the promises, made by hand, must be counted; else the driver is blind."""
    profile = trials.fresh()
    trials.sandbox.reset()
    said, _ = trials.run(profile, "block", *trials.numbers)
    if trials.judge(trials.operations(said), "block") != len(trials.numbers) or trials.lost or trials.doubled:
        raise Broken("an undisturbed run did not block everybody")
    spoil(profile, "UPDATE block_ops SET state = 0 WHERE id = 1")
    trials.after_a_kill(profile, said)
    if trials.lost != 1:
        raise Broken("the driver did not notice a block that was forgotten")
    spoil(profile, "UPDATE runs SET state = 0")
    spoil(profile, "UPDATE block_runs SET done = done - 1, confirmed = confirmed - 1")
    trials.judge(trials.ends(profile, "block"), "block")
    if trials.doubled == 0:
        raise Broken("the driver did not notice that somebody was blocked twice")
    trials.sandbox.call("/_sandbox/blocks", "POST", json.dumps({"phone": trials.numbers[3], "blocked": False}).encode())
    trials.judge(trials.operations(trials.run(profile, "told")[0]), "block")
    if trials.lost < 2:
        raise Broken("the driver did not notice that somebody is not blocked")
    shutil.rmtree(profile)


def campaign(trials, arguments):
    started = time.monotonic()
    profile = trials.fresh()
    trials.sandbox.reset()
    trials.run(profile, "block", *trials.numbers)
    length = time.monotonic() - started
    shutil.rmtree(profile)
    print(f"undisturbed: a block run of {len(trials.numbers)} people {length:.2f} s", flush=True)
    with contextlib.redirect_stdout(io.StringIO()):
        prove(Trials(trials.sandbox, trials.folder, arguments.seed, trials.numbers))

    def at_random(profile, act):
        return trials.kill_after(trials.random.uniform(0, length * 1.1), profile, act, *trials.numbers)

    for number in range(arguments.trials or (8 if arguments.short else 60)):
        trials.trial("unblock" if number % 3 == 2 else "block", at_random)
    print(f"random moments: {trials.line()}", flush=True)
    if not strace_works():
        print("strace is not here or may not trace: the kill at the N-th system call was NOT tried")
        return
    for call in ("pwrite64", "fdatasync", "write"):
        last = reach(trials, call)
        chosen = range(1, last + 1)
        for nth in sorted(trials.random.sample(chosen, min(4, last))) if arguments.short else chosen:
            def at_call(profile, act):
                said, code = trials.run(profile, act, *trials.numbers, prefix=strace(call, nth))
                trials.killed += code != 0
                return said if code != 0 else None
            trials.trial("block", at_call)
        print(f"N-th {call} of {last}: {trials.line()}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="about a minute")
    parser.add_argument("--trials", type=int, default=0, help="random trials")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    sandbox = Sandbox()
    try:
        with tempfile.TemporaryDirectory(prefix="rollcall-blocks-") as folder:
            trials = Trials(sandbox, pathlib.Path(folder), arguments.seed, sandbox.reachable(40))
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

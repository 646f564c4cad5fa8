#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program in the middle of sending messages, again and again, and looks at what is left.

As blocks.py, but a message cannot be read back: what was being sent is unknown and stays so until the operator settles
it. So: whatever was said to be done still is, and arrived (lost = 0); nobody got it twice (doubled = 0); nothing is
left planned or being sent (left = 0); an unknown one arrived once or not at all.

    sends.py [--short] [--trials N] [--seed S]        ROLLCALL_BIN names the folder of rollcall-sandbox
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import blocks  # noqa: E402
from blocks import DEFERRED, DONE, PLANNED, REFUSED, SENDING, UNKNOWN, Broken  # noqa: E402


class Sends(blocks.Trials):
    def after_a_kill(self, profile, said):
        self.whole(profile)
        now = self.operations(self.run(profile, "sent")[0])
        told = {item: word for item, word in self.operations(said).items() if word[1] in (DONE, REFUSED, UNKNOWN)}
        self.acknowledged += len(told)
        self.lost += sum(1 for item, word in told.items() if item not in now or now[item][1] != word[1])
        self.met += sum(1 for word in now.values() if word[1] == UNKNOWN)
        self.unknown += sum(1 for word in now.values() if word[1] == SENDING)
        return now

    def ends(self, profile):
        lines, _ = self.run(profile, "send", *self.numbers)
        if not lines[-1].startswith("finished "):
            raise Broken(f"the run did not end: {lines[-3:]}")
        self.whole(profile)
        return self.operations(lines + self.run(profile, "sent")[0])

    @staticmethod
    def unfinished(operations):
        return not operations or any(word[1] in (PLANNED, SENDING, DEFERRED) for word in operations.values())

    def judge(self, final):
        """The gateway's ledger against what the program says. Answers how many are done."""
        arrived = self.sandbox.delivered("sent")
        if len({word[0] for word in final.values()}) > 1:
            raise Broken("one command became two runs")
        for _, state, _, number in final.values():
            count = arrived[number[1:]]
            if count > 1:
                self.doubled += 1
                print(f"  {number} got it {count} times")
            if state in (PLANNED, SENDING, DEFERRED):
                self.unknown += 1
            elif (state == DONE) != (count == 1) and state != UNKNOWN:
                self.lost += 1
                print(f"  {number} is {state} here and arrived {count} times")
        return sum(1 for word in final.values() if word[1] == DONE)

    def trial(self, die):
        profile = self.fresh()
        self.sandbox.reset()
        said = die(profile)
        if said is not None:
            self.count += 1
            final = self.after_a_kill(profile, said)
            if self.unfinished(final) and self.random.random() < 0.4:
                said = self.kill_after(self.random.uniform(0, 0.5), profile, "send", *self.numbers)
                final = self.after_a_kill(profile, said)
            if self.unfinished(final):
                final = self.ends(profile)
            self.judge(final)
        shutil.rmtree(profile)


def prove(trials):
    """An undisturbed run is whole; a message that is sent again and one that is forgotten must be counted."""
    profile = trials.fresh()
    trials.sandbox.reset()
    final = trials.ends(profile)
    if trials.judge(final) != len(trials.numbers) or trials.lost or trials.doubled:
        raise Broken("an undisturbed run did not reach everybody")
    blocks.spoil(profile, "UPDATE block_ops SET state = 0 WHERE id = 1")
    blocks.spoil(profile, "UPDATE runs SET state = 0")
    blocks.spoil(profile, "UPDATE block_runs SET done = done - 1")
    trials.after_a_kill(profile, [f"op {item} {word[0]} {word[1]} 0 {word[3]}" for item, word in final.items()])
    if trials.lost != 1:
        raise Broken("the driver did not notice a message that was forgotten")
    trials.judge(trials.ends(profile))
    if trials.doubled == 0:
        raise Broken("the driver did not notice that somebody got it twice")
    shutil.rmtree(profile)


def campaign(trials, arguments):
    started = time.monotonic()
    prove(Sends(trials.sandbox, trials.folder, arguments.seed, trials.numbers))
    length = (time.monotonic() - started) / 3
    print("the driver sees what it should (two lines above are its own doing)", flush=True)

    def at_random(profile):
        return trials.kill_after(trials.random.uniform(0, length), profile, "send", *trials.numbers)

    for _ in range(arguments.trials or (6 if arguments.short else 60)):
        trials.trial(at_random)
    print(f"random moments: {trials.line()}", flush=True)
    if not blocks.strace_works():
        print("strace is not here or may not trace: the kill at the N-th system call was NOT tried")
        return
    for call in ("pwrite64", "fdatasync", "write"):
        last = blocks.reach(trials, call, "send")
        chosen = range(1, last + 1)
        for nth in sorted(trials.random.sample(chosen, min(3, last))) if arguments.short else chosen:
            def at_call(profile):
                said, code = trials.run(profile, "send", *trials.numbers, prefix=blocks.strace(call, nth))
                trials.killed += code != 0
                return said if code != 0 else None
            trials.trial(at_call)
        print(f"N-th {call} of {last}: {trials.line()}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="about a minute")
    parser.add_argument("--trials", type=int, default=0, help="random trials")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    sandbox = blocks.Sandbox()
    try:
        with tempfile.TemporaryDirectory(prefix="rollcall-sends-") as folder:
            trials = Sends(sandbox, pathlib.Path(folder), arguments.seed, sandbox.reachable(12))
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

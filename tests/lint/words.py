#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that must not stand in the code, each with its reason. Comments are not judged, but for the marks of unfinished work."""
import re
import sys

import tree

PROGRAM = ("app/", "ui/", "models/")
# pattern, where it counts, where it is allowed, why not
RULES = [
    (r"ignoreSslErrors", PROGRAM, (), "TLS errors are never ignored; an account may name a CA file"),
    (r"\bprocessEvents\b|\bQEventLoop\b", PROGRAM, (), "no nested event loops"),
    (r"(\.|->)exec\(\)", ("ui/",), (), "no nested event loops: open() a dialog and connect to finished"),
    (r"QMessageBox::(information|warning|critical|question|about)\b", PROGRAM, (), "nested event loop and rich text"),
    (r"QInputDialog::get|QFileDialog::get(Open|Save|Existing)", PROGRAM, (), "nested event loop; ask through Asks"),
    (r"setInsecureFallback\(\s*true", PROGRAM, (), "a secret never goes into a plain file"),
    (r"\bQSortFilterProxyModel\b", ("models/", "ui/contacts/", "ui/checks/", "ui/journal/"), (), "8.9 s on a million people; see models/tables"),
    # Accounts are a handful, and one run at most is chosen at a time.
    (r"\bselectedRows\(", PROGRAM, ("ui/accounts/accountspage.cpp", "ui/checks/checkspage.cpp"), "0.7 s on a million people; use the ranges of selection()"),
    (r"\bfetchMore\b|\bcanFetchMore\b", PROGRAM, (), "id spines, not fetchMore"),
    (r"\bResizeToContents\b", ("ui/",), (), "measures every row"),
    (r"QTest::qSleep|\bQThread::m?sleep\b|\busleep\(", ("tests/",) + PROGRAM, (), "wait for what happens, not for time"),
    (r"\bAutoText\b|\bRichText\b", ("ui/", "app/"), (), "text from outside is Qt::PlainText"),
    (r"\bQTimer\b", ("models/",), ("models/base/clock.cpp", "models/base/clock.h"), "time below ui/ comes from Clock"),
    # In bookings it counts within one account's budget of a day, not within people.
    (r"\bOFFSET\b", ("models/store/",), ("models/store/internal/bookings.cpp",), "pages by key or by id spine, never OFFSET"),
    (r"\bQFutureWatcher\b|\bco_await\b|\bco_return\b", PROGRAM, (), "callback in, Call out"),
]
MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MACHINE = re.compile(r"/w[o]rk/|/r[o]ot/|/tmp/w[/]|bash_j[o]bs")
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
# A label whose text is a whole translated sentence shows nothing foreign.
LABEL = re.compile(r"\bnew QLabel\b(?!\(tr\(\"[^\"]*\"\)\s*[,)])|\bQLabel \w+[;({]|\bQMessageBox \w+[;({]|\bnew QMessageBox\b")


def without_comments(text):
    """Comments blanked, so that line numbers stay. A string with // in it loses its end, which only ever hides a word."""
    return COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def problems(path, text):
    code = without_comments(text)
    for pattern, where, allowed, why in RULES if path.endswith((".cpp", ".h", ".sql")) else ():
        if path.startswith(where) and path not in allowed:
            for match in re.finditer(pattern, code):
                yield f"{path}:{line_of(code, match.start())}: {match.group()}: {why}"
    if path.startswith(("ui/", "app/")) and path.endswith(".cpp") and LABEL.search(code) and "PlainText" not in code:
        yield f"{path}: makes labels and never says Qt::PlainText (ui/parts has plain labels)"
    if path != "tests/lint/words.py":
        for match in MARKS.finditer(text):
            yield f"{path}:{line_of(text, match.start())}: {match.group()}: nothing unfinished is handed in"
    for match in MACHINE.finditer(text):
        yield f"{path}:{line_of(text, match.start())}: {match.group()}: a path of one machine"


TRIALS = [
    ("models/gateways/a.cpp", "reply->ignoreSslErrors();", 1),
    ("models/gateways/a.cpp", "// never ignoreSslErrors\n/* processEvents */", 0),
    ("ui/contacts/a.cpp", "QCoreApplication::processEvents();", 1),
    ("ui/contacts/a.cpp", "return dialog.exec();", 1),
    ("models/store/a.cpp", "query.exec();", 0),
    ("models/secrets/a.cpp", "job.setInsecureFallback(true);", 1),
    ("models/secrets/a.cpp", "job.setInsecureFallback(false);", 0),
    ("models/tables/a.h", "class A : public QSortFilterProxyModel", 1),
    ("ui/contacts/a.cpp", "view->selectionModel()->selectedRows()", 1),
    ("tests/ui/a.cpp", "QTest::qSleep(100);", 1),
    ("ui/parts/a.cpp", "auto *l = new QLabel(name, this);", 1),
    ("ui/parts/a.cpp", "auto *l = new QLabel(name, this);\nl->setTextFormat(Qt::PlainText);", 0),
    ("ui/parts/a.cpp", 'auto *l = new QLabel(tr("Name"), this);', 0),
    ("ui/parts/a.cpp", 'auto *l = new QLabel(tr("Of %1").arg(name), this);', 1),
    ("models/runs/a.cpp", "QTimer::singleShot(1, f);", 1),
    ("models/base/clock.cpp", "QTimer::singleShot(1, f);", 0),
    ("models/base/a.cpp", "// TO" + "DO later", 1),
    ("models/base/a.cpp", '"/ro' + 'ot/x"', 1),
]


def prove_itself():
    for path, text, expected in TRIALS:
        found = list(problems(path, text))
        assert len(found) == expected, (path, text, expected, found)


def main():
    prove_itself()
    found = [problem for path, text in tree.sources(suffixes=(".cpp", ".h", ".py", ".sh", ".txt", ".sql")) for problem in problems(path, text)]
    for name in ("CMakeLists.txt", "CMakePresets.json", "README.md", "CHANGELOG.md", "do", ".ci/run"):
        file = tree.ROOT / name
        found += problems(name, file.read_text()) if file.exists() else []
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

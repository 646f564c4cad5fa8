#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every #include and holds it against the floor() lines of the root CMakeLists.txt.

A folder may include itself, the folders its floor SEES, and from Qt and the system what its place in the house allows.
X/internal belongs to the floor X; only X and the tests include it.
Before it judges the tree it judges made-up trees in a temporary folder: each rule must catch its own breach.
"""
import pathlib
import re
import sys
import tempfile

GROUND = ["models/base", "models/domain", "models/settings"]
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]', re.M)
COMMENT = re.compile(r"(?m)#.*$")
WORD = re.compile(r"\$\{(\w+)\}|([\w./:-]+)")


def call_arguments(text, name):
    """The argument text of every call `name(...)` at the start of a line; none of ours nests parentheses."""
    return [m.group(1) for m in re.finditer(rf"(?m)^{name}\(([^()]*)\)", text)]


def read_floors(cmake):
    """folder -> set of folders it sees, as CMake would expand it."""
    text = COMMENT.sub("", cmake)
    variables, floors = {}, {}

    def expand(arguments):
        words = []
        for match in WORD.finditer(arguments):
            words += variables.get(match.group(1), []) if match.group(1) else [match.group(2)]
        return words

    for match in re.finditer(r"(?m)^(set|floor)\(([^()]*)\)", text):
        words = expand(match.group(2))
        if match.group(1) == "set":
            variables[words[0]] = words[1:]
            continue
        folder, sees, key = words[0], set(), ""
        for word in words[1:]:
            if word in ("SEES", "QT", "LINKS"):
                key = word
            elif key == "SEES":
                sees.add(word)
        floors[folder] = sees
    return floors


def widget_headers():
    """The names of QtWidgets' own headers where Qt's development files lie; else the best known ones."""
    known = {"QWidget", "QApplication", "QMainWindow", "QDialog", "QLabel", "QTableView", "QStyledItemDelegate", "QMenu",
             "QPushButton", "QLineEdit", "QComboBox", "QMessageBox", "QFileDialog", "QLayout", "QHeaderView", "QStyle"}
    for folder in pathlib.Path("/usr/include").glob("*/qt6/QtWidgets"):
        known |= {entry.name for entry in folder.iterdir()}
    return known


WIDGETS = widget_headers()
REQUESTS = {"QNetworkAccessManager", "QNetworkRequest", "QNetworkReply"}


def belongs(folder, owner):
    return folder == owner or folder.startswith(owner + "/")


def floor_of(folder):
    """The floor a folder belongs to: its internals are its own."""
    return folder.removesuffix("/internal")


def foreign_breach(folder, header):
    """Why a Qt or system header may not be included in this folder; empty when it may."""
    name = header.split("/")[-1]
    if header.startswith("QtWidgets") or name in WIDGETS:
        if not (belongs(folder, "ui") or folder == "app"):
            return "QtWidgets below ui/"
    if name.removesuffix(".h") in REQUESTS or name in ("qnetworkrequest.h", "qnetworkaccessmanager.h", "qnetworkreply.h"):
        if not belongs(folder, "models/gateways"):
            return "network requests outside models/gateways"
    if re.match(r"QSql|QtSql", header) or name == "sqlite3.h":
        if folder == "models/exchange" and name == "sqlite3.h":
            return ""
        if folder != "models/store":
            return "SQL outside models/store"
    return ""


def breaches(root):
    root = pathlib.Path(root)
    floors = read_floors((root / "CMakeLists.txt").read_text())
    found = []
    for top in ("app", "ui", "models"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".cpp", ".h"):
                continue
            folder = floor_of(file.parent.relative_to(root).as_posix())
            where = file.relative_to(root).as_posix()
            if folder not in floors:
                found.append(f"{where}: {folder} has no floor() line")
                continue
            for kind, header in INCLUDE.findall(file.read_text(errors="replace")):
                ours = kind == '"' and header.split("/")[0] in ("app", "ui", "models", "tests")
                if kind == '"' and not ours:
                    if not header.endswith(".moc"):
                        found.append(f'{where}: "{header}" is not written from the root')
                    continue
                if not ours:
                    why = foreign_breach(folder, header)
                    if why:
                        found.append(f"{where}: <{header}>: {why}")
                    continue
                seen = header.rsplit("/", 1)[0]
                if floor_of(seen) == folder:
                    continue
                if folder == "app/sandbox":
                    found.append(f'{where}: "{header}": the sandbox includes nothing of ours')
                elif floor_of(seen) != seen:
                    found.append(f'{where}: "{header}": internals of {floor_of(seen)}')
                elif seen not in floors[folder]:
                    found.append(f'{where}: "{header}": {folder} does not see {seen}')
    return found


def cycles(floors):
    """Folders that see themselves through others."""
    reach = {folder: set(sees) for folder, sees in floors.items()}
    for middle in floors:
        for folder in floors:
            if middle in reach[folder]:
                reach[folder] |= reach[middle]
    return sorted(folder for folder in floors if folder in reach[folder])


MADE_UP = """set(ground models/base models/domain)
floor(models/base QT Core)
floor(models/domain SEES models/base QT Core) # sees ui/shell only in this comment
floor(models/store SEES ${ground} QT Core Sql)
floor(models/exchange SEES ${ground} models/store QT Core)
floor(models/gateways SEES ${ground} QT Core Network)
floor(ui/shell SEES ${ground} models/store QT Widgets)
floor(app/sandbox QT Core)
floor(app SEES ${ground} app/sandbox ui/shell QT Widgets)
"""
# file, its line, and the words its breach must be told in ("" = allowed)
TRIALS = [
    ("models/base/a.h", '#include "models/base/b.h"', ""),
    ("models/base/a.h", '#include "models/domain/b.h"', "models/base does not see models/domain"),
    ("models/store/a.cpp", '  #  include "models/domain/b.h"', ""),
    ("models/store/a.cpp", '#include "ui/shell/b.h"', "models/store does not see ui/shell"),
    ("models/domain/a.cpp", '#include "ui/shell/b.h"', "models/domain does not see ui/shell"),
    ("app/a.cpp", '#include "models/store/b.h"', "app does not see models/store"),
    ("app/a.cpp", '#include "tests/support/b.h"', "app does not see tests/support"),
    ("models/store/a.cpp", '#include "b.h"', "not written from the root"),
    ("models/store/a.cpp", '#include "a.moc"', ""),
    ("models/store/a.cpp", "#include <QWidget>", "QtWidgets below ui/"),
    ("models/store/a.cpp", "#include <QtWidgets/QLabel>", "QtWidgets below ui/"),
    ("ui/shell/a.cpp", "#include <QWidget>", ""),
    ("ui/shell/a.cpp", "#include <QNetworkRequest>", "network requests outside"),
    ("models/gateways/a.cpp", "#include <QNetworkAccessManager>", ""),
    ("app/a.cpp", "#include <QNetworkAccessManager>", "network requests outside"),
    ("models/store/a.cpp", "#include <QSqlQuery>", ""),
    ("models/exchange/a.cpp", "#include <sqlite3.h>", ""),
    ("models/exchange/a.cpp", "#include <QSqlQuery>", "SQL outside"),
    ("ui/shell/a.cpp", "#include <sqlite3.h>", "SQL outside"),
    ("app/sandbox/a.cpp", '#include "models/base/b.h"', "the sandbox includes nothing of ours"),
    ("app/sandbox/a.cpp", '#include "app/sandbox/b.h"', ""),
    ("app/sandbox/a.cpp", '#include "app/b.h"', "the sandbox includes nothing of ours"),
    ("models/stray/a.cpp", "int a;", "has no floor() line"),
    ("models/stray/internal/a.cpp", "int a;", "has no floor() line"),
    ("models/store/a.cpp", '#include "models/store/internal/b.h"', ""),
    ("models/store/internal/a.cpp", '#include "models/store/b.h"', ""),
    ("models/store/internal/a.cpp", '#include "models/store/internal/b.h"', ""),
    ("models/store/internal/a.cpp", '#include "models/domain/b.h"', ""),
    ("models/store/internal/a.cpp", "#include <QSqlQuery>", ""),
    ("models/store/internal/a.cpp", '#include "ui/shell/b.h"', "models/store does not see ui/shell"),
    ("models/exchange/a.cpp", '#include "models/store/internal/b.h"', "internals of models/store"),
    ("ui/shell/internal/a.cpp", '#include "models/store/internal/b.h"', "internals of models/store"),
]


def prove_itself():
    failures = []
    for number, (file, line, expected) in enumerate(TRIALS):
        with tempfile.TemporaryDirectory() as root:
            path = pathlib.Path(root, file)
            path.parent.mkdir(parents=True)
            pathlib.Path(root, "CMakeLists.txt").write_text(MADE_UP)
            path.write_text(f"#pragma once\n{line}\n")
            found = breaches(root)
            good = not found if not expected else len(found) == 1 and expected in found[0]
            if not good:
                failures.append(f"trial {number} ({file}: {line}): expected '{expected}', found {found}")
    looped = read_floors("floor(a SEES b)\nfloor(b SEES c)\nfloor(c SEES a)\nfloor(d SEES a)\n")
    if cycles(looped) != ["a", "b", "c"]:
        failures.append(f"a made-up cycle was reported as {cycles(looped)}")
    if cycles(read_floors(MADE_UP)):
        failures.append("a made-up tree without a cycle was reported as one")
    return failures


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    problems = [f"this test does not work: {failure}" for failure in prove_itself()]
    floors = read_floors((root / "CMakeLists.txt").read_text())
    if len(floors) < 20:
        problems.append(f"only {len(floors)} floor() lines could be read: the reader of CMakeLists.txt does not work")
    for folder in floors:
        if folder not in GROUND and folder != "app/sandbox" and not set(GROUND) <= floors[folder]:
            problems.append(f"CMakeLists.txt: {folder} does not see the ground floors {GROUND}")
    problems += [f"CMakeLists.txt: {folder} sees itself through others" for folder in cycles(floors)]
    problems += breaches(root)
    for problem in problems:
        print(problem)
    print(f"{len(TRIALS)} trials, {len(floors)} floors, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

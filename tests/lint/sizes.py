#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""File: at most 500 lines. Function: at most 60. Main window: at most 300. Folder of a floor: at most 15 types (headers)."""
import collections
import re
import sys

import tree

FILE, FUNCTION, MAIN_WINDOW, FOLDER = 500, 60, 300, 15
OPENING = re.compile(r"^( *)\{$")


def functions(text):
    """(line, length) of each function, as clang-format leaves them: the brace of a function stands alone on its line, that of
    everything else at the end of one. A bare block inside a function looks the same and is no longer than its function."""
    lines = text.splitlines()
    for start, line in enumerate(lines):
        opening = OPENING.match(line)
        if not opening:
            continue
        closing = re.compile(rf"^{opening.group(1)}\}}")
        for end in range(start + 1, len(lines)):
            if closing.match(lines[end]):
                yield start + 1, end - start
                break


def problems(path, text):
    count = text.count("\n")
    limit = MAIN_WINDOW if path.startswith("ui/shell/mainwindow.") else FILE
    if count > limit:
        yield f"{path}: {count} lines, stop at {limit}"
    if not path.endswith(".py"):
        for line, length in functions(text):
            if length > FUNCTION:
                yield f"{path}:{line}: a function of {length} lines, stop at {FUNCTION}"


def prove_itself():
    def made_up(body):
        return "void f()\n{\n" + "    g();\n" * body + "}\n"
    assert not list(problems("a.cpp", made_up(59)))
    assert len(list(problems("a.cpp", made_up(60)))) == 1
    assert len(list(problems("a.cpp", "struct A {\n    void f()\n    {\n" + "        g();\n" * 70 + "    }\n};\n"))) == 1
    assert not list(problems("a.cpp", "namespace a {\n" + "int b;\n" * 490 + "}\n"))
    assert len(list(problems("a.cpp", "int b;\n" * 501))) == 1
    assert len(list(problems("ui/shell/mainwindow.cpp", "int b;\n" * 301))) == 1


def main():
    prove_itself()
    found, headers = [], collections.Counter()
    for path, text in tree.sources(suffixes=(".cpp", ".h", ".py")):
        found += problems(path, text)
        if path.endswith(".h") and not path.startswith("tests/"):
            headers[path.rsplit("/", 1)[0]] += 1
    found += [f"{folder}: {count} headers, stop at {FOLDER}: make a subfolder" for folder, count in headers.items() if count > FOLDER]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""The files lint looks at."""
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def sources(*tops, suffixes=(".cpp", ".h")):
    """Our files under the named top folders, as (path from the root, text)."""
    for top in tops or ("app", "ui", "models", "tests"):
        for file in sorted((ROOT / top).rglob("*")):
            if file.suffix in suffixes and file.is_file():
                yield file.relative_to(ROOT).as_posix(), file.read_text(errors="replace")

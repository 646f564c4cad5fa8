#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./do lint: every check runs, each says what it found; fails when one of them did. [--all | --since REV]
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
mkdir -p build/logs
jobs=${JOBS:-$(nproc)}
failed=()

check() { # NAME COMMAND...
    local name=$1 from=$SECONDS verdict=clean
    shift
    "$@" || { verdict=FAILED; failed+=("$name"); }
    printf '  %-22s %4d s  %s\n' "$name" $((SECONDS - from)) $verdict
}

sources() { # our C++ files, tracked or new; all of them where there is no git
    git ls-files -co --exclude-standard -- '*.cpp' '*.h' 2>/dev/null | while read -r file; do [ -f "$file" ] && echo "$file"; done \
        || find app ui models tests -name '*.cpp' -o -name '*.h'
}

format() { sources | xargs -r -P "$jobs" -n 25 clang-format --dry-run -Werror --ferror-limit=1; }

header_sets() { # every header of a floor compiles by itself, with what its floor links
    cmake --preset lint >build/logs/configure-lint.log 2>&1 || { tail -n 30 build/logs/configure-lint.log; return 1; }
    cmake --build build/lint -j "$jobs" --target all_verify_interface_header_sets >build/logs/headers.log 2>&1 \
        || { grep -E 'error:|FAILED:|fatal' build/logs/headers.log | head -n 40; return 1; }
}

check "clang-format" format
check "header sets" header_sets
check "include test" python3 tests/includes_test.py
check "sizes" python3 tests/lint/sizes.py
check "forbidden words" python3 tests/lint/words.py
check "clazy, clang-tidy" python3 tests/lint/analyse.py --build build/lint --jobs "$jobs" "$@"

[ ${#failed[@]} = 0 ] || { printf '  lint failed: %s\n' "${failed[*]}"; exit 1; }

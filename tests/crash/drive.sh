#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every crash driver of BUILD/crash: drive.sh BUILD [--short]. A driver kills a program of ours in the middle of its work, again and
# again, looks at what is left, prints one closing line and ends with 0 only if nothing that was acknowledged is gone.
set -euo pipefail
build=$1
shift
drivers=()
for program in "$build"/crash/*_crash; do [ -x "$program" ] && drivers+=("$program"); done
[ ${#drivers[@]} -gt 0 ] || { echo "no crash driver in $build/crash"; exit 1; }
failed=0
for program in "${drivers[@]}"; do
    from=$SECONDS
    log=$build/crash/$(basename "$program").log
    if QT_QPA_PLATFORM=offscreen LANG=C.UTF-8 ROLLCALL_BIN=$(readlink -f "$build/bin") "$program" "$@" >"$log" 2>&1 </dev/null; then
        verdict=held
    else
        verdict=FAILED failed=1
        tail -n 40 "$log"
    fi
    printf '  %-24s %4d s  %s: %s\n' "$(basename "$program")" $((SECONDS - from)) $verdict "$(tail -n 1 "$log")"
done
exit $failed

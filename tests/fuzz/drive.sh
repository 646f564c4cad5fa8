#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every fuzz target in DIR over its seeds: drive.sh DIR [--short | --runs N] [target...]
# Short: 20 s a target (FUZZ_SECONDS); full: 10 minutes a target; --runs: N executions a target, however long that takes.
# Fails on any crash, leak, hang (20 s) or when there is no target. A slow unit is no finding: a busy machine makes them.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
dir=$1
shift
seconds=600
if [ "${1:-}" = --short ]; then
    seconds=20
    shift
fi
runs=-1
if [ "${1:-}" = --runs ]; then
    runs=$2 seconds=0
    shift 2
fi
[ "$runs" != -1 ] || seconds=${FUZZ_SECONDS:-$seconds}
corpora=$dir/corpora found=$dir/found
mkdir -p "$corpora" "$found"

targets=("$@")
[ ${#targets[@]} -gt 0 ] || for program in "$dir"/*_fuzz; do [ -x "$program" ] && targets+=("$(basename "$program")"); done
[ ${#targets[@]} -gt 0 ] || { echo "no fuzz target in $dir"; exit 1; }

crashed=0
run_target() {
    local target=$1 log=$dir/$1.log
    local inputs=("$corpora/$target") seeds
    mkdir -p "$corpora/$target" "$found/$target"
    rm -f "$found/$target"/*
    for seeds in "$here/seeds/$target" "$here/seeds/${target%_fuzz}"; do [ -d "$seeds" ] && inputs+=("$seeds"); done
    ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=0 UBSAN_OPTIONS=print_stacktrace=1 \
    "$dir/$target" -max_total_time="$seconds" -runs="$runs" -timeout=20 -report_slow_units=600 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
        -artifact_prefix="$found/$target/" "${inputs[@]}" >"$log" 2>&1 </dev/null || return 1
}
report() { # TARGET STATUS
    local executions crashes
    executions=$(sed -nE 's/^stat::number_of_executed_units: +//p' "$dir/$1.log" | tail -n 1)
    crashes=$(find "$found/$1" -type f ! -name 'slow-unit-*' | wc -l)
    if [ "$2" != 0 ]; then
        [ "$crashes" != 0 ] || crashes=1
        crashed=$((crashed + crashes))
    fi
    printf '  %-24s %9s executions  %d crashes\n' "$1" "${executions:-?}" "$crashes"
    if [ "$2" != 0 ]; then tail -n 40 "$dir/$1.log"; fi
}

# As many targets at once as there are cores; the seconds of each are its own.
total=0 width=${JOBS:-$(nproc)}
while [ $total -lt ${#targets[@]} ]; do
    batch=("${targets[@]:total:width}") pids=()
    for target in "${batch[@]}"; do run_target "$target" & pids+=($!); done
    for i in "${!batch[@]}"; do
        status=0
        wait "${pids[i]}" || status=$?
        report "${batch[i]}" $status
    done
    total=$((total + ${#batch[@]}))
done
form="$seconds s"
[ "$runs" = -1 ] || form="$runs executions"
printf '  %d targets of %s, %d crashes\n' "$total" "$form" "$crashed"
[ "$crashed" = 0 ]

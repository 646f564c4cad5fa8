#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The one task script: ./do lists the tasks.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

# What each kind of task needs from Debian 12, and nothing else installs packages.
packages_build="cmake ninja-build g++ pkg-config ccache qt6-base-dev qt6-tools-dev qt6-l10n-tools qt6-svg-dev
    libqt6sql6-sqlite libsqlite3-dev qtkeychain-qt6-dev libphonenumber-dev libicu-dev zlib1g-dev libcpp-httplib-dev
    libuchardet-dev nlohmann-json3-dev"
packages_run="libqt6svg6 qt6-translations-l10n libsecret-1-0 fonts-dejavu-core fonts-noto-core"
packages_test="python3 gnome-keyring libsecret-tools dbus-daemon openssl sqlite3 strace procps util-linux"
packages_asan=""
packages_fuzz="clang libclang-rt-14-dev"
packages_lint="git clang clang-format clang-tidy clazy python3"
packages_package="dpkg-dev file fakeroot lintian appstream desktop-file-utils"

jobs=${JOBS:-$(nproc)}

say() { printf '\n== %s\n' "$*"; }
die() { printf 'do: %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else die "packages are missing and neither root nor sudo is at hand; as root: apt-get install$missing"
    fi
}

# needs LIST...: installs what dpkg does not know as installed; does nothing, quickly, when all is there.
needs() {
    missing=""
    local package
    # shellcheck disable=SC2068
    for package in $@; do
        case "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" in
        installed) ;;
        *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || die "this is not Debian; install the counterparts of:$missing"
    say "installing:$missing"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing </dev/null
}

configure() { # PRESET: again only when the presets have changed
    [ -f "build/$1/build.ninja" ] && [ "build/$1/configured" -nt CMakePresets.json ] && return
    cmake --preset "$1" >"$(log "configure-$1")" 2>&1 || { cat "$(log "configure-$1")"; die "cmake could not configure the preset $1"; }
    touch "build/$1/configured"
}

log() { mkdir -p build/logs; printf 'build/logs/%s.log' "$1"; }

build() { # PRESET TARGET...
    local preset=$1
    shift
    configure "$preset"
    local target targets=()
    for target in "$@"; do targets+=(--target "$target"); done
    cmake --build "build/$preset" -j "$jobs" "${targets[@]}"
}

programs() { build release rollcall rollcall-sandbox; }

tour_into() { # DIR: the main job in the real window, off screen
    mkdir -p "$1"
    QT_QPA_PLATFORM=offscreen LANG=C.UTF-8 build/release/bin/rollcall --tour "$1"
}

task_run() { # install, build, start with the sandbox account ready
    needs "$packages_build $packages_run"
    programs
    if [ -n "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]; then
        exec build/release/bin/rollcall --sandbox "$@"
    fi
    say "There is no display here (DISPLAY and WAYLAND_DISPLAY are empty): running the tour off screen instead."
    tour_into "${1:-build/tour}"
}

task_build() { # the programs into build/release/bin/
    needs "$packages_build"
    programs
    ls -l build/release/bin/rollcall build/release/bin/rollcall-sandbox
}

run_ctest() { # PRESET
    (cd "build/$1" && ctest -j "$jobs" --output-on-failure --no-tests=error --timeout 300)
}

task_test() { # all tests from one release build, short bench, short crash
    needs "$packages_build $packages_run $packages_test"
    build release
    say "tests (release)"
    run_ctest release
    say "tour"
    tour_into build/tour >"$(log tour)" 2>&1 || { cat "$(log tour)"; die "the tour did not come to its end"; }
    tail -n 1 "$(log tour)"
    task_bench --short
    task_crash --short
}

task_asan() { # all tests with AddressSanitizer, UndefinedBehaviorSanitizer and LeakSanitizer
    needs "$packages_build $packages_run $packages_test $packages_asan"
    build asan
    say "tests (address, undefined, leak sanitizers)"
    ASAN_OPTIONS="detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1:${ASAN_OPTIONS:-}" \
    UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1:${UBSAN_OPTIONS:-}" run_ctest asan
}

task_lint() { # format, header sets, include test, sizes, forbidden words, clazy and clang-tidy on changed files [--all | --since REV]
    needs "$packages_build $packages_lint"
    tests/lint/lint.sh "$@"
}

task_bench() { # the figures with their limits [--short]
    needs "$packages_build $packages_run $packages_test"
    build release rollcall rollcall-sandbox bench
    say "figures"
    python3 tests/bench/table.py --programs build/release/bench --bin build/release/bin "$@"
}

task_fuzz() { # every tests/fuzz/*_fuzz.cpp under libFuzzer with ASan and UBSan [--short]; [--runs N]: N executions each, -O2 and UBSan
    needs "$packages_build $packages_fuzz"
    if [ "${1:-}" = --runs ]; then
        build fuzz-long fuzz
        say "fuzzing"
        tests/fuzz/drive.sh build/fuzz-long/fuzz "$@"
        return
    fi
    build fuzz fuzz
    say "fuzzing"
    tests/fuzz/drive.sh build/fuzz/fuzz "$@"
}

task_crash() { # kills the programs in the middle of their work, plays every fault of a gateway, and looks at what is left [--short]
    needs "$packages_build $packages_run $packages_test"
    build release rollcall rollcall-sandbox crash
    say "crash trials"
    tests/crash/drive.sh build/release "$@"
}

task_tour() { # the tour off screen, screenshots into build/tour [DIR]
    needs "$packages_build $packages_run"
    programs
    tour_into "${1:-build/tour}"
}

task_package() { # the .deb into build/package
    needs "$packages_build $packages_run $packages_package"
    packaging/make-deb.sh
}

tasks() { sed -nE 's/^task_([a-z]+)\(\) \{ # (.*)$/\1\t\2/p' do; }

if [ $# = 0 ]; then
    echo "usage: ./do TASK [option...]"
    tasks | while IFS=$'\t' read -r name what; do printf '  %-9s %s\n' "$name" "$what"; done
    exit 0
fi
name=$1
shift
declare -F "task_$name" >/dev/null || die "there is no task '$name'; ./do alone lists them"
"task_$name" "$@"

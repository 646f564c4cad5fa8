#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./do package: the .deb into build/package, looked at by lintian and the validators of desktop file and metainfo.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
jobs=${JOBS:-$(nproc)}

desktop-file-validate packaging/org.rollcall.Rollcall.desktop
appstreamcli validate --no-net packaging/org.rollcall.Rollcall.metainfo.xml

# A build of its own without tests: CPack builds everything it finds.
cmake --preset package >/dev/null
cmake --build build/package -j "$jobs"
rm -f build/package/*.deb
(umask 022 && cd build/package && cpack -G DEB)
deb=$(ls build/package/*.deb)
dpkg-deb --info "$deb"
dpkg-deb --contents "$deb"
lintian --fail-on error,warning "$deb"
printf '\n%s (%s)\n' "$deb" "$(du -h "$deb" | cut -f1)"

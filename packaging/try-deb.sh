#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tries the package where nothing else is: a minimal Debian 12 in a chroot. As root: packaging/try-deb.sh [FILE.deb]
# Installs with apt, starts as an ordinary user, does the tour off screen, purges, and looks for what was left behind.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
[ "$(id -u)" = 0 ] || { echo "debootstrap and chroot want root"; exit 1; }
command -v debootstrap >/dev/null || apt-get install -y --no-install-recommends debootstrap
deb=$(readlink -f "${1:-$(ls build/package/rollcall_*.deb | tail -n 1)}")
mirror=${MIRROR:-http://deb.debian.org/debian}
root=${TRY_ROOT:-$(mktemp -d /var/tmp/rollcall-try.XXXXXX)}
step() { printf '\n== %s\n' "$*"; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
leave() {
    local mount
    for mount in dev/shm dev proc sys; do mountpoint -q "$root/$mount" && umount -l "$root/$mount"; done
    [ -n "${KEEP_ROOT:-}" ] || rm -rf --one-file-system "$root"
}
trap leave EXIT

step "a minimal Debian 12 in $root"
[ -x "$root/usr/bin/apt-get" ] || debootstrap --variant=minbase bookworm "$root" "$mirror" >"$root.log" 2>&1 || { tail "$root.log"; exit 1; }
rm -f "$root.log"
chmod 755 "$root" # mktemp makes it 0700, and an ordinary user could not enter
cp -f /etc/resolv.conf "$root/etc/resolv.conf"
# The way to the mirror is the machine's own: its apt settings and keys are lent to the chroot.
cp -rfL /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod +x "$root/usr/sbin/policy-rc.d"
inside apt-get update -q >/dev/null
inside id clerk >/dev/null 2>&1 || inside useradd --create-home --shell /bin/sh clerk

tree() { find "$root" -xdev \( -path "$root/proc" -o -path "$root/dev" -o -path "$root/var/cache" -o -path "$root/var/log" \
    -o -path "$root/var/lib/apt" -o -path "$root/var/lib/dpkg" -o -path "$root/tmp" -o -path "$root/home" \) -prune \
    -o -print | sort; }
tree >"$root/tmp/before"
inside dpkg-query -W -f '${Package}\n' | sort >"$root/tmp/packages-before"

step "installing"
cp "$deb" "$root/tmp/rollcall.deb"
inside apt-get install -q -y --no-install-recommends /tmp/rollcall.deb >"$root/tmp/install.log" 2>&1 || { tail -n 30 "$root/tmp/install.log"; exit 1; }
inside dpkg-query -W -f '${Package} ${Version} ${Status}\n' rollcall
echo "$(inside dpkg-query -W | wc -l) packages in all"

step "starting as an ordinary user"
as_clerk() { inside su clerk -c "cd && QT_QPA_PLATFORM=offscreen LANG=C.UTF-8 $*"; }
as_clerk "rollcall --version"
as_clerk "rollcall-sandbox --help" | head -n 3
step "the tour"
as_clerk "rollcall --tour /home/clerk/tour"
find "$root/home/clerk/tour" -type f -name '*.png' | sed "s|^$root||"

step "removing"
inside apt-get purge -q -y rollcall >/dev/null 2>&1
inside apt-get autoremove -q -y --purge >/dev/null 2>&1
inside dpkg-query -W -f '${Package}\n' | sort >"$root/tmp/packages-after"
tree >"$root/tmp/after"
left=$(grep -i rollcall "$root/tmp/after" || true)
packages=$(comm -13 "$root/tmp/packages-before" "$root/tmp/packages-after")
[ -z "$packages" ] || printf 'packages still there: %s\n' "$packages"
others=$(comm -13 "$root/tmp/before" "$root/tmp/after" | grep -vE '/(__pycache__|var/cache|etc/ld.so.cache)' || true)
[ -z "$others" ] || { echo "new files, not ours by name:"; printf '%s\n' "${others//$root/}" | head -n 20; }
if [ -n "$left" ]; then
    printf 'left behind:\n%s\n' "${left//$root/}"
    exit 1
fi
echo "nothing of rollcall is left"

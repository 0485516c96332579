#!/bin/sh
# deps.sh run|check|bench|fuzz|lint|print|pages|all: install the Debian or Ubuntu packages that a target of the
# Makefile needs, saying which; silent when nothing is missing.
build="gcc libc6-dev make pkg-config libncurses-dev libsqlite3-dev libyaml-dev libjansson-dev libpcre2-dev
libzstd-dev libsodium-dev libutf8proc-dev libshp-dev libxlsxwriter-dev ncurses-base"
tests="libcmocka-dev libvterm-dev clang valgrind python3 jq zstd sqlite3 tar age minisign exfat-fuse exfatprogs"
case $1 in
run) packages=$build ;;
check) packages="$build $tests" ;;
bench) packages="$build nano sqlite3 age" ;;
fuzz) packages="$build clang" ;;
lint) packages="$build clang clang-format" ;;
print) packages="$build python3 chromium poppler-utils fonts-liberation" ;;
pages) packages="$build python3 chromium poppler-utils fonts-liberation tidy" ;;
*) packages="$build $tests nano" ;;
esac

missing_of() {
        for package in "$@"; do
                dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf ' %s' "$package"
        done
}

if ! command -v dpkg-query >/dev/null; then
        command -v cc >/dev/null && command -v pkg-config >/dev/null && exit 0
        echo "Este sistema no es Debian ni Ubuntu: instale a mano un compilador de C, pkg-config y las bibliotecas que pide README.md."
        exit 1
fi
# libFuzzer comes apart from clang, with the version in its name.
[ "$1" = fuzz ] && clang=$(clang -dumpversion 2>/dev/null) && packages="$packages libclang-rt-${clang%%.*}-dev"

missing=$(missing_of $packages)
[ -n "$missing" ] || exit 0
sudo=
if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
                echo "Faltan paquetes y solo el administrador puede instalarlos: apt-get install$missing"
                exit 1
        fi
        sudo=sudo
fi
echo "Se instalarán estos paquetes:$missing"
apt() {
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=2 -o Acquire::http::Timeout=20 "$@" </dev/null
}
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
apt update >"$log" 2>&1
apt install -y --no-install-recommends $missing >>"$log" 2>&1
missing=$(missing_of $missing)
if [ -n "$missing" ]; then
        if grep -qE 'resolving|Could not connect|Unable to connect|[Ff]ailed to fetch|Unable to fetch' "$log"; then
                echo "No se pueden instalar sin conexión a internet; conéctese y repita, o instale a mano:$missing"
        else
                grep '^E: ' "$log" | tail -n 3
                echo "No se pudieron instalar; lo de arriba es lo que dijo apt-get, y falta:$missing"
        fi
        exit 1
fi
[ "$1" = fuzz ] && [ -z "$clang" ] && exec sh "$0" fuzz
exit 0

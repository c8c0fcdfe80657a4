#!/bin/sh
# Installs the Debian packages that one part of the work needs and that are missing.
#
#     Scripts/install.sh build|test|check|bench...
#
# When everything is there it does nothing and prints nothing. Otherwise it says first what it
# is about to install and why, then installs it with apt-get, through sudo unless run as root.
set -eu

# One line a package: the part that needs it, its name, the reason.
packages() {
    cat <<'LIST'
build git                     fetches the Swift packages that the program is made with
build ca-certificates         the certificates with which their source is known
build gcc                     links the program
build libstdc++-12-dev        the C++ library that Swift's packages link with
build tzdata                  the fund's time zone
build libsqlite3-dev          the embedded database that keeps the records
build libpq-dev                the client of PostgreSQL, in which the records may be kept too
build libcurl4-openssl-dev     speaks with mail servers and identity providers, over TLS
build zlib1g-dev              compression of the pages that the server sends
build libqrencode-dev         draws the QR codes by which a telephone takes up a sign-in secret
build libzip-dev              opens the workbooks and forms that come back, which are archives, and packs those that go out
build libxml2-dev             reads the XML within them
build libxlsxwriter-dev       writes the workbooks
build libglpk-dev             solves the integer programs behind suggested slates
test  chromium                the real browser in which the pages are tested
test  chromium-sandbox        keeps that browser apart from the system where the tests do not run as root
test  python3-venv            the browser tests and the HTML parser of the unit tests, in an environment of their own
test  openjdk-17-jre-headless the Nu HTML validator
test  openssl                 makes the certificates of the mail servers that the tests start
test  poppler-utils           reads the printed pages back as text and pictures
test  fonts-noto-core         letters of every script, so that pages measure as they will elsewhere
test  zbar-tools              reads the QR codes back, as a telephone does
test  postgresql-15             a real database server, started in private clusters on loopback
check shellcheck              reads the shell scripts for mistakes
bench wrk                     the load generator of the benchmarks
bench postgresql-15             the second engine, in a private cluster on loopback
bench python3                 the script that runs the benchmarks
LIST
}

# The names of the packages that are installed, each between spaces.
installed() {
    printf ' '
    # shellcheck disable=SC2046  # the names are words
    dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' $(packages | awk '{ print $2 }') 2>/dev/null |
        awk '$1 == "installed" { printf "%s ", $2 }' || true
}

has_candidate() {
    apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [^(]'
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

fail() {
    echo "$1" >&2
    exit 1
}

if [ $# -eq 0 ]; then
    echo "usage: Scripts/install.sh build|test|check|bench..." >&2
    exit 64
fi

if ! command -v swift >/dev/null 2>&1; then
    fail "Swift is not on the PATH. Install Swift 6.3 for Debian 12 from https://www.swift.org/install/linux/, put it on the PATH and run the same command again."
fi

there=$(installed)
missing=""
explanation=""
for part in "$@"; do
    listed=$(packages | while read -r needed_by package reason; do
        [ "$needed_by" = "$part" ] || continue
        echo "$package|$reason"
    done)
    [ -n "$listed" ] || fail "Scripts/install.sh knows no part '$part': it is one of build, test, check, bench."
    while IFS='|' read -r package reason; do
        case "$there" in *" $package "*) continue ;; esac
        missing="$missing $package"
        explanation="$explanation
  $package: $reason"
    done <<LISTED
$listed
LISTED
done

[ -n "$missing" ] || exit 0

command -v apt-get >/dev/null 2>&1 || fail "Missing here:$explanation
This script installs with Debian's apt-get, which this system does not have: install the like of these and run the same command again."
if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
    fail "Missing here:$explanation
Installing needs root and there is no sudo. As root: apt-get install$missing"
fi

echo "Installing Debian packages (apt-get):$explanation"

# The package would make a cluster of its own, and start it with the machine: nobody asked for one.
case "$missing" in *" postgresql-15"*)
    settings=/etc/postgresql-common/createcluster.d
    as_root mkdir -p "$settings"
    echo "create_main_cluster = false" | as_root tee "$settings/pooledfund.conf" >/dev/null
    ;;
esac

for package in $missing; do
    if ! has_candidate "$package"; then
        as_root apt-get update -qq
        break
    fi
done

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A list of packages that has grown old names files that are gone: then it is read anew, once.
# shellcheck disable=SC2086  # $missing is a list of words
if ! as_root apt-get install -y -qq --no-install-recommends $missing >"$log" 2>&1; then
    if ! { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends $missing; } >>"$log" 2>&1; then
        cat "$log" >&2
        fail "apt-get could not install:$missing"
    fi
fi
echo "Installed:$missing"

#!/bin/sh
# Builds the program without its second engine, debug, and fails unless it then neither links libpq nor takes a PostgreSQL address.
set -eu
cd "$(dirname "$0")/.."

scratch=.build-sqlite-only
if ! swift build --disable-default-traits --product pooledfund --scratch-path "$scratch" >"$scratch.log" 2>&1; then
    cat "$scratch.log"
    exit 1
fi
program=$scratch/debug/pooledfund
if ldd "$program" | grep libpq; then
    echo "The program without PostgreSQL links libpq." >&2
    exit 1
fi
if "$program" audit verify --database postgres://127.0.0.1/fund 2>"$scratch.log"; then
    echo "The program without PostgreSQL took a PostgreSQL address." >&2
    exit 1
fi
grep -q "SQLite only" "$scratch.log" || {
    cat "$scratch.log" >&2
    exit 1
}

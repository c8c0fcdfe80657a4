#!/bin/sh
# Builds our own modules anew, debug, and fails if the compiler warns. The packages that we depend on are left as they are.
set -eu
cd "$(dirname "$0")/.."

# A module that is up to date is not compiled, and then says nothing: remove what was compiled of ours, save the build's own plan.
for folder in Sources/*/ Tests/*/; do
    compiled=.build/debug/$(basename "$folder").build
    if [ -d "$compiled" ]; then
        find "$compiled" -type f ! -name '*.json' -delete
    fi
done

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! swift build --build-tests >"$log" 2>&1; then
    cat "$log"
    exit 1
fi
if grep -E "^$(pwd)/(Sources|Tests|Package\.swift).*: warning: " "$log" | sort -u | grep .; then
    echo "The compiler warns: mend each of these." >&2
    exit 1
fi

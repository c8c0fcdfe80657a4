#!/bin/sh
# Makes the Python environment of the browser tests in .build-tools/venv, from Tests/Browser/requirements.txt.
# An environment made from the same file is used again: then nothing is done and nothing is printed.
set -eu
cd "$(dirname "$0")/.."

requirements=Tests/Browser/requirements.txt
environment=.build-tools/venv
made_from=$environment/made-from-requirements.txt

if cmp -s "$requirements" "$made_from" && "$environment/bin/python" -c 'import playwright, pytest' 2>/dev/null; then
    exit 0
fi

echo "Installing the Python packages of the browser tests from PyPI into $environment (pip):"
grep -v -e '^#' -e '^$' "$requirements" | sed 's/^/  /'
# Debian's own Python, whatever another one on the PATH may be: python3-venv belongs to it.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
rm -rf "$environment"
mkdir -p .build-tools
"$python" -m venv "$environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --requirement "$requirements"
"$environment/bin/python" -m pip check --disable-pip-version-check >/dev/null
cp "$requirements" "$made_from"

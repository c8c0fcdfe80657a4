#!/bin/sh
# Makes the Python environments of the browser tests: their own in .build-tools/venv, from Tests/Browser/requirements.txt, and that of the
# identity provider with which they sign in, in .build-tools/identity-provider, from Tests/Browser/identity-provider-requirements.txt.
# An environment made from the same file is used again: then nothing is done and nothing is printed.
set -eu
cd "$(dirname "$0")/.."

# environment NAME REQUIREMENTS WHAT IMPORTS...
environment() {
    environment=.build-tools/$1 requirements=$2 what=$3
    shift 3
    made_from=$environment/made-from-requirements.txt
    if cmp -s "$requirements" "$made_from" && "$environment/bin/python" -c "import $*" 2>/dev/null; then
        return 0
    fi
    echo "Installing the Python packages of $what from PyPI into $environment (pip):"
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
}

environment venv Tests/Browser/requirements.txt 'the browser tests' playwright, pytest
environment identity-provider Tests/Browser/identity-provider-requirements.txt 'the identity provider of the tests' canaille, authlib

#!/bin/sh
# `lint` or `test`: every check, the first failure stops. Tools come from .venv and app/node_modules.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export PATH

in_app() {
    if grep -q "\"$1\":" app/package.json; then
        (cd app && npm run --silent "$1")
    fi
}

lint() {
    ruff check .
    ruff format --check .
    mypy
    lint-imports
    in_app check
}

tests() {
    in_app check
    in_app test
    pytest # last: its closing line is the one that says how many passed
}

case "$1" in
    lint) lint ;;
    test) tests ;;
    *) echo "usage: check.sh lint|test" >&2; exit 2 ;;
esac

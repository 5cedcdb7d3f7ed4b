#!/bin/sh
# Pin what pyproject.toml asks for, with the hashes of every file of every platform. No index address is written.
set -eu
cd "$(dirname "$0")/.."
tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
python3 -m venv "$tool"
"$tool/bin/pip" install --quiet uv
lock() {
    out=$1
    shift
    "$tool/bin/uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --output-file "$out" "$@"
}
lock requirements.lock pyproject.toml scripts/build.in
lock requirements-dev.lock pyproject.toml scripts/build.in --extra dev --constraint requirements.lock
lock requirements-node.lock scripts/node.in

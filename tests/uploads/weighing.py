"""A program of its own: takes each file of a folder through the door for uploads, every one in a process that dies when
it takes more than 256 MB beside what the program itself has, or more than five seconds of the processor.

`python weighing.py FOLDER`: one JSON line a file, {"name", "code", "leaks", "pages"}; the code of a process that was
ended by its limits is "killed". A PDF is opened in a process that limits itself (`pdf_pages`), not twice.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from baohe.kernel.errors import BaoheError
from baohe.plumbing import uploads

MEMORY = 256 * 1024 * 1024
SECONDS = 5


def main(folder: Path) -> None:
    for path in sorted(folder.glob("*.upload")):
        print(json.dumps({"name": path.stem, **_weighed(path)}), flush=True)


def _weighed(path: Path) -> dict[str, object]:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        _limit(path)
        os.write(write_end, json.dumps(_answer(path)).encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return json.loads(said) if status == 0 else {"code": "killed", "leaks": [], "pages": 0}


def _limit(path: Path) -> None:
    if path.read_bytes()[:5] == b"%PDF-":
        return
    has = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (has + MEMORY, has + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _answer(path: Path) -> dict[str, object]:
    secrets = [line for line in path.with_suffix(".secrets").read_bytes().split(b"\n") if line]
    try:
        pages = uploads.safe_pages(path.read_bytes())
    except BaoheError as no:
        return {"code": no.code, "leaks": [], "pages": 0}
    leaks = [secret.decode("latin-1") for secret in secrets if any(secret in page.jpeg for page in pages)]
    return {"code": "taken", "leaks": leaks, "pages": len(pages)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))

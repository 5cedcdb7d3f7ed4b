"""Bring this checkout to the point where it runs: `python3 scripts/setup.py program tests app browser`.

Standard library only, because it runs before anything is installed. Each step leaves a stamp in build/ with the
hash of what it read, and is skipped while the hash stays the same.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sys

from setup_app import app
from setup_browser import browser
from setup_python import program, tests
from setup_steps import BUILD, Sentence

STEPS = {"program": program, "tests": tests, "app": app, "browser": browser}


def main(names: list[str]) -> int:
    try:
        _check_python()
        BUILD.mkdir(exist_ok=True)
        with (BUILD / "lock").open("w") as lock:  # two `make run` at once install one after the other
            fcntl.flock(lock, fcntl.LOCK_EX)
            for name in names:
                STEPS[name]()
    except Sentence as sentence:
        print(sentence, file=sys.stderr)
        return 1
    except PermissionError as failure:
        print(
            f"没有权限写 {failure.filename}；请用自己的账号重新取一份代码\n"
            f"No permission to write {failure.filename}; use a checkout of your own account",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\n已中断，再次运行会接着做 · interrupted; the next run goes on from here", file=sys.stderr)
        return 130
    return 0


def _check_python() -> None:
    if sys.version_info >= (3, 11):
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])
    raise Sentence(
        f"需要 Python 3.11 或更新的版本（这里是 {sys.version.split()[0]}）；请安装后再运行，如 apt install python3.11",
        f"Python 3.11 or later is needed (this is {sys.version.split()[0]}); install it, e.g. apt install python3.11",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

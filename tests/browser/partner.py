"""A shop that speaks to a running platform as its engineer would: enrolled by the operator, every call signed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from baohe.cli.partner import sign
from tests.journey.installation import Installation


class Shop:
    def __init__(self, installation: Installation, folder: Path, code: str = "sunny") -> None:
        self.installation = installation
        self._baohe("partner", "create", code, "晴天小店")
        self.pem = folder / f"{code}.pem"
        self.key_id = self._baohe("partner", "key", code, str(self.pem)).strip().splitlines()[-1]

    def ask(self, method: str, path: str, content: Any = None) -> Any:
        body = b"" if content is None else json.dumps(content).encode()
        headers = {"Content-Type": "application/json"} if body else {}
        request = httpx.Request(method, f"{self.installation.origin}{path}", content=body, headers=headers)
        sign(request, self.key_id, self.pem.read_bytes(), body)
        with httpx.Client(timeout=30) as client:
            answer = client.send(request)
        assert answer.is_success, answer.text
        return answer.json()

    def _baohe(self, *words: str) -> str:
        program = Path(sys.executable).with_name("baohe")
        done = subprocess.run(  # the program's own path, no shell
            [str(program), *words], env=self.installation.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

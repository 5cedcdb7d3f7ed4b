"""`baohe partner …`: enrol partners and their keys, and call the open API as one of them."""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)


@app.command()
def create(code: str, name: str, licensed: bool = False) -> None:
    """登记合作方 · enrol a partner."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.rooms.partners import facade as partners

        print(partners.create_partner(code, name, licensed=licensed).id)


@app.command()
def key(
    code: str, file: Annotated[Path, typer.Argument(help="私钥写到这里 · the private key is written here")]
) -> None:
    """生成密钥：私钥只写进 FILE，平台只留公钥 · make a key; the platform keeps the public half only."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from baohe.launch.session import django_ready
    from baohe.plumbing.secret_files import write_once

    if file.exists():
        raise typer.BadParameter(f"{file} 已存在 · exists")
    private = Ed25519PrivateKey.generate()
    with django_ready():
        from baohe.rooms.partners import facade as partners

        key_id = partners.register_key(code, private.public_key().public_bytes_raw())
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_once(file, pem.decode())
    print(key_id)


@app.command()
def revoke(key_id: str) -> None:
    """停用密钥 · revoke a key."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.rooms.partners import facade as partners

        partners.revoke_key(key_id)


@app.command()
def call(
    method: str,
    url: Annotated[str, typer.Argument(help="http://127.0.0.1:8000/open/v1/products")],
    key_id: Annotated[str, typer.Option("--key-id")],
    file: Annotated[Path, typer.Option("--key", help="私钥文件 · private key file")],
) -> None:
    """签名并发送，正文读自标准输入 · sign and send; the body is read from standard input."""
    import httpx

    body = b"" if method.upper() == "GET" or sys.stdin.isatty() else sys.stdin.buffer.read()
    request = httpx.Request(method.upper(), url, content=body, headers={"Content-Type": "application/json"})
    sign(request, key_id, file.read_bytes(), body)
    with httpx.Client(timeout=30) as client:
        answer = client.send(request)
    print(json.dumps(answer.json(), ensure_ascii=False, indent=2))
    if answer.is_error:
        raise typer.Exit(1)


def sign(request: object, key_id: str, pem: bytes, body: bytes) -> None:
    """Sign an HTTP request in place after RFC 9421, as the open API wants it. `pem` is an Ed25519 private key."""
    from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms

    class Key(HTTPSignatureKeyResolver):
        def resolve_private_key(self, key_id: str) -> bytes:
            return pem

        def resolve_public_key(self, key_id: str) -> bytes:
            raise NotImplementedError("this side only signs")

    HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=Key()).sign(
        request,
        key_id=key_id,
        nonce=secrets.token_urlsafe(18),
        covered_component_ids=("@method", "@target-uri"),
        body=body or None,
    )

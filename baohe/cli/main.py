"""`baohe`: one program, one file a subcommand, imported when it is called and not before.

`baohe log check` verifies proofs on machines without a database: nothing here may import Django.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from types import ModuleType

COMMANDS = {
    "run": "启动平台 · start the platform",
    "db": "数据库：结构、检查、终端 · the database: migrate, check, shell",
    "product": "产品包：检查与发布 · product packages: check and publish",
    "underwriting": "核保：重放决定、检查规则 · underwriting: replay a decision, check rules",
    "rating": "生命表：净保费与准备金 · mortality tables: net premiums and reserves",
    "ledger": "账务：试算平衡、明细、结账 · the books: trial balance, statement, closing",
    "log": "存证日志：校验与导出 · the evidence log: check and export",
    "verify": "核验电子保单 · verify an e-policy",
    "demo": "演示数据 · the demo world",
    "billing": "续期保费：每日收取 · later premiums: the daily round",
    "settlement": "对账单：出具与核验 · statements: issue and verify",
    "commission": "佣金：登记册与账户 · commission: the register and the accounts",
    "reconcile": "对账：渠道账单与我方收付 · provider bills against our payments",
    "claims": "理赔：识别材料、欺诈模型 · claims: read papers, the model of fraud",
    "parametric": "自动理赔：数据源、重放、定价 · triggers: sources, replay, prices",
    "partner": "合作方与密钥 · partners and their keys",
    "screening": "核查名单：载入 · screening lists: load",
    "check": "体检：账平、存证、积压 · is everything in order",
    "bench": "性能对照 · measure beside the reference",
    "simulate": "外部系统的模拟器 · simulators of the outside world",
}


def main() -> None:
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(_help())
        return
    name = arguments[0]
    if name == "--version":
        from importlib.metadata import version

        print(version("baohe"))
        return
    if name not in COMMANDS or importlib.util.find_spec(f"baohe.cli.{name}") is None:
        print(f"没有 {name} 这个命令 · there is no command {name}\n\n{_help()}", file=sys.stderr)
        sys.exit(2)
    sys.exit(_call(importlib.import_module(f"baohe.cli.{name}"), name, arguments[1:]))


def _call(command: ModuleType, name: str, arguments: list[str]) -> int:
    """A subcommand's file has `app` (Typer), or `main(arguments) -> exit code` where Typer would be too much."""
    from baohe.launch.refusals import Refusal

    try:
        if hasattr(command, "main"):
            return int(command.main(arguments))
        command.app(arguments, prog_name=f"baohe {name}", standalone_mode=True)
    except Refusal as refusal:
        print(refusal.sentence(), file=sys.stderr)
        return refusal.exit_code
    return 0


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {text}" for name, text in COMMANDS.items()]
    return "\n".join(["用法 · usage: baohe COMMAND [OPTIONS]   (baohe COMMAND --help)", "", *lines])


if __name__ == "__main__":
    main()

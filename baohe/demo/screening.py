"""A screening list for the demo: three people who do not exist. A customer named 周无名, born on 1 January 1970, is
one match; nobody of the demo's family is."""

from __future__ import annotations

from datetime import date

_LIST = """reference,name,birth,note
DEMO-1,周无名,1970-01-01,演示条目，查无此人
DEMO-1,Zhou Wuming,1970-01-01,演示条目，同一人的拼音写法
DEMO-2,样本甲,,演示条目，出生日期未列
"""


def build() -> None:
    """The list in use, once."""
    from baohe.rooms.identification import facade as identification

    identification.load_list("demo-1", date(2026, 1, 1), "演示名单", _LIST.encode())

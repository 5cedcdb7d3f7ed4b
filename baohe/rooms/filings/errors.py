"""How the room of filings says no: one refusal a file or a filing, with its place and its reason."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class FilingUnreadable(BaoheError):
    """A file cannot be read at all. `file`, and `reason_zh`/`reason_en` with the place in it."""

    code = "filing_unreadable"
    status = 422
    zh = "{file} 读不了：{reason_zh}"
    en = "{file} cannot be read: {reason_en}"
    next_zh = "{next_step_zh}"
    next_en = "{next_step_en}"


class NothingToRead(BaoheError):
    code = "nothing_to_read"
    status = 422
    zh = "{folder} 里没有找到费率表或现金价值表"
    en = "no rate table or cash-value table was found in {folder}"
    next_zh = "请放入费率表（如 flbe.md、费率.xlsx、rates.csv），再试一次"
    next_en = "Put the rate tables there (such as flbe.md, rates.xlsx, rates.csv) and try again"


class FilingHasFaults(BaoheError):
    """An import would leave gaps: the first fault is named with its place; nothing was written."""

    code = "filing_has_faults"
    status = 422
    zh = "没有导入：{place}：{reason_zh}（共 {count} 处）"
    en = "nothing was imported: {place}: {reason_en} ({count} in all)"
    next_zh = "请改好材料再导入；或加 --with-gaps，把这些格子留空、标明后导入"
    next_en = "Mend the filing and import again; or add --with-gaps to leave these cells out, marked"


class DraftExists(BaoheError):
    code = "draft_exists"
    status = 409
    zh = "{folder} 已经存在，没有覆盖"
    en = "{folder} exists already and was not overwritten"
    next_zh = "请换一个文件夹，或先移走旧的"
    next_en = "Choose another folder, or move the old one away first"

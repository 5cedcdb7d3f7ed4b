"""How the catalogue says no."""

from __future__ import annotations

from typing import ClassVar

from baohe.kernel.errors import BaoheError


class NotOnSale(BaoheError):
    """PUB-2: outside the filed window."""

    code = "not_on_sale"
    status: ClassVar[int] = 409
    zh = "{product} 现在不在销售期内（{window}）"
    en = "{product} is not on sale now ({window})"
    next_zh = "请从产品页选择在售的产品"
    next_en = "Choose a product on sale from the list"


class NotPublishable(BaoheError):
    """A package breaks a publishing rule, at a place that a person can go to.

    Facts: `file` of the package folder, `line` in it (from 1; 0 = the file as a whole; of a rate table the row counts
    its header as line 1), `field` (its path in the package) and `rule`, the rule's id.
    """

    code = "not_publishable"
    status: ClassVar[int] = 422
    zh = "{package} 不能发布：{where_zh} {reason_zh}（{rule}）"
    en = "{package} cannot be published: {where_en} {reason_en} ({rule})"
    next_zh = "请改好这一项再发布"
    next_en = "Correct this field and publish again"

    def __init__(
        self, *, package: str, field: str, reason_zh: str, reason_en: str, rule: str, file: str = "", line: int = 0
    ) -> None:
        named = "" if field == file else field
        line_zh, line_en = (f"第 {line} 行", f"line {line}") if line else ("", "")
        super().__init__(
            package=package,
            field=field,
            reason_zh=reason_zh,
            reason_en=reason_en,
            rule=rule,
            file=file,
            line=line,
            where_zh=" ".join(filter(None, (file, line_zh, named))),
            where_en=" ".join(filter(None, (file, line_en, named))),
        )

    def at(self, file: str, line: int) -> NotPublishable:
        """The same fault, told with its place."""
        kept = {key: str(self.facts[key]) for key in ("package", "field", "reason_zh", "reason_en", "rule")}
        return NotPublishable(**kept, file=file, line=line)


class PublishedVersionChanged(BaoheError):
    """A published version is immutable: a change is a new version with a date of its own."""

    code = "published_version_changed"
    status: ClassVar[int] = 409
    zh = "{version_id} 已经发布，内容不能再改"
    en = "{version_id} is published and can no longer change"
    next_zh = "请用新的版本号另建一个文件夹"
    next_en = "Make a new folder with a new version"


class RankingRefused(BaoheError):
    """PUB-3: no simple ranking."""

    code = "ranking_refused"
    status: ClassVar[int] = 422
    zh = "不按“{order_by}”排名：对比只按你加入的顺序"
    en = "No ranking by “{order_by}”: products stand in the order you chose them"
    next_zh = "去掉排序再对比，保障、免责、等待期和价格会一起给你看"
    next_en = "Compare without an order; cover, exclusions, waiting period and price are shown together"


class OccupationsBroken(BaoheError):
    """The occupation lists of the installation cannot be used, or none holds on the day asked for."""

    code = "occupations_broken"
    status: ClassVar[int] = 500
    zh = "职业分类表 {edition} 不能用：{reason_zh}"
    en = "Occupation list {edition} cannot be used: {reason_en}"
    next_zh = "请运营人员检查职业分类表的版本和生效日"
    next_en = "Ask the operator to check the editions of the occupation list and their first days"

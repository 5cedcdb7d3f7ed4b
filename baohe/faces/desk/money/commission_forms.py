"""What finance says of producers and terms. The room checks again."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from baohe.faces.desk.money.naming import Names
from baohe.rooms.commission.contracts import Terms

KIND_NAMES = {"agent": "代理人", "broker": "经纪人", "adviser": "顾问"}
_PERCENT = re.compile(r"^\d{1,3}(\.\d{1,2})?$")


def _bp(text: str) -> int:
    """`"28"` or `"28.5"` percent → bp, without a float. Raises `forms.ValidationError`."""
    plain = text.strip().rstrip("%％")
    if not _PERCENT.match(plain):
        raise forms.ValidationError(f"“{text.strip()}”不是百分比")
    whole, _, part = plain.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProducerForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=40)
    code = forms.CharField(label="代码（推广链接里用）", max_length=20, help_text="小写字母、数字、连字符")
    kind = forms.ChoiceField(label="执业类别", choices=tuple(KIND_NAMES.items()))
    registration_number = forms.CharField(label="执业登记号", max_length=40)
    affiliation = forms.ChoiceField(label="所属机构")
    first_day = Day(label="登记生效日")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["affiliation"].choices = [("platform", "保和平台"), *Names().insurers()]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    last_day = Day(label="最后有效日")
    reason = forms.CharField(label="原因", max_length=200)


class ScheduleForm(forms.Form):
    """Rates as people write them: `28, 5, 2` percent by policy year; claw-back `12:100, 24:50`."""

    scope = forms.CharField(
        label="适用范围（产品版本或险种代码）",
        max_length=100,
        widget=forms.TextInput(attrs={"list": "scopes", "autocomplete": "off"}),
    )
    pay_from = forms.IntegerField(label="交费年限从（年）", min_value=0, max_value=100, initial=0)
    pay_until = forms.IntegerField(label="到（年，空 = 不限）", min_value=0, max_value=100, required=False)
    rates = forms.CharField(label="平台费率，按保单年度（%）", max_length=200, help_text="例：28, 5, 2")
    share = forms.CharField(label="销售人员份额（占平台佣金 %）", max_length=10)
    claw_back = forms.CharField(
        label="提前终止扣回（月数:比例 %）", max_length=200, required=False, help_text="例：12:100, 24:50"
    )
    valid_from = Day(label="生效日")

    def clean_rates(self) -> tuple[int, ...]:
        return tuple(_bp(part) for part in re.split(r"[,，、\s]+", self.cleaned_data["rates"].strip()))

    def clean_share(self) -> int:
        return _bp(self.cleaned_data["share"])

    def clean_claw_back(self) -> tuple[tuple[int, int], ...]:
        lines = [part for part in re.split(r"[,，、\s]+", self.cleaned_data["claw_back"].strip()) if part]
        return tuple(self._line(part) for part in lines)

    def terms(self) -> Terms:
        said = self.cleaned_data
        return Terms(said["rates"], said["share"], said["claw_back"])

    @property
    def scope_kind(self) -> str:
        """A version's id is `product@version`; the code of a line has no @."""
        return "version" if "@" in self.cleaned_data["scope"] else "line"

    @staticmethod
    def _line(text: str) -> tuple[int, int]:
        months, _, share = text.replace("：", ":").partition(":")
        if not (months.isascii() and months.isdigit()) or len(months) > 3:
            raise forms.ValidationError(f"“{text}”要写成 月数:比例")
        return int(months), _bp(share)

"""What staff can say. A form refuses what the room would refuse, but the room checks again."""

from __future__ import annotations

from typing import Any

from django import forms

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import parse_yuan

PAPER_KINDS = (
    ("invoice", "医疗发票"),
    ("bill", "维修、购买等票据"),
    ("record", "病历、照片或证明"),
    ("identity", "身份证明"),
    ("relation", "关系证明"),
)


class Yuan(forms.CharField):
    """An amount in yuan as people write it; cleaned to fen."""

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            return parse_yuan(text)
        except InvalidInput as wrong:
            raise forms.ValidationError(wrong.message_zh) from wrong


class PayForm(forms.Form):
    """`seen`: the decision whose lines the page showed."""

    seen = forms.IntegerField(required=False)
    amount_fen = Yuan(label="赔付金额（元）", max_length=20)
    note = forms.CharField(label="理由", max_length=500)


class RefusalForm(forms.Form):
    seen = forms.IntegerField(required=False)
    pay_fen = Yuan(label="赔付（元）", max_length=20)
    refused_fen = Yuan(label="不赔（元）", max_length=20)
    clause = forms.CharField(label="依据条款", max_length=40)
    letter = forms.CharField(label="给客户的话", max_length=1000, widget=forms.Textarea)


class PapersForm(forms.Form):
    kinds = forms.MultipleChoiceField(label="还要哪些材料", choices=PAPER_KINDS, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(label="说明", max_length=500)


class ReferralForm(forms.Form):
    """`exclusion_zh` and `exclusion_en` go together: a customer reads the contract in one of the two."""

    outcome = forms.ChoiceField(
        label="结论",
        choices=(
            ("accept", "按标准承保"),
            ("load", "加费承保"),
            ("exclude", "除外承保"),
            ("postpone", "维持延期"),
            ("declined_by_person", "不承保"),
        ),
    )
    loading_percent = forms.IntegerField(label="加费比例（%）", min_value=1, max_value=300, required=False)
    exclusion_zh = forms.CharField(label="除外责任（中文）", max_length=200, required=False)
    exclusion_en = forms.CharField(label="除外责任（英文）", max_length=300, required=False)
    clause = forms.CharField(label="依据的条款或规则", max_length=40, required=False)
    note = forms.CharField(label="理由，客户会看到", max_length=500, widget=forms.Textarea({"rows": 4}))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("outcome") == "load" and not said.get("loading_percent"):
            self.add_error("loading_percent", "加费承保要写比例")
        if said.get("outcome") == "exclude" and not (said.get("exclusion_zh") and said.get("exclusion_en")):
            self.add_error("exclusion_zh", "除外承保要写明中英文")
        if said.get("outcome") == "declined_by_person" and not said.get("clause"):
            self.add_error("clause", "不承保要写明依据")
        return said

    def exclusions(self) -> tuple[Text, ...]:
        if self.cleaned_data["outcome"] != "exclude":
            return ()
        return (Text(self.cleaned_data["exclusion_zh"], self.cleaned_data["exclusion_en"]),)

    def loading_bp(self) -> int:
        """A loading may go with an exclusion as well."""
        if self.cleaned_data["outcome"] not in ("load", "exclude"):
            return 0
        return (self.cleaned_data["loading_percent"] or 0) * 100

"""What an underwriter can say about papers, and about a colleague's conclusion."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django import forms

from baohe.kernel.decisions import Text
from baohe.rooms.underwriting import facade as underwriting

_WHY = Text("核对健康告知里提到的情况", "To see what the declaration mentions in full")


class ReturnForm(forms.Form):
    why = forms.CharField(label="为什么退回", max_length=300, min_length=2, widget=forms.Textarea({"rows": 3}))


class PapersAskForm(forms.Form):
    """Three fields a kind: whether it is asked for, and why in both languages. `closed`: kinds asked for before; then
    only those may be asked for again."""

    def __init__(self, data: Any = None, closed: Collection[str] = ()) -> None:
        super().__init__(data)
        for kind, title in underwriting.PAPER_KINDS.items():
            if closed and kind not in closed:
                continue
            self.fields[f"want_{kind}"] = forms.BooleanField(label=title.zh, required=False)
            self.fields[f"zh_{kind}"] = forms.CharField(
                label="为什么（中文）", max_length=200, required=False, initial=_WHY.zh
            )
            self.fields[f"en_{kind}"] = forms.CharField(
                label="为什么（英文）", max_length=300, required=False, initial=_WHY.en
            )

    def rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """Tick, Chinese, English of each kind that may be asked for."""
        for kind in underwriting.PAPER_KINDS:
            if f"want_{kind}" in self.fields:
                yield self[f"want_{kind}"], self[f"zh_{kind}"], self[f"en_{kind}"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not any(said.get(f"want_{kind}") for kind in underwriting.PAPER_KINDS):
            raise forms.ValidationError("先勾选要哪几样")
        for kind in underwriting.PAPER_KINDS:
            if said.get(f"want_{kind}") and not (said.get(f"zh_{kind}") and said.get(f"en_{kind}")):
                self.add_error(f"zh_{kind}", "中英文都要写为什么")
        return said

    def wanted(self) -> dict[str, Text]:
        said = self.cleaned_data
        return {
            kind: Text(said[f"zh_{kind}"], said[f"en_{kind}"])
            for kind in underwriting.PAPER_KINDS
            if said.get(f"want_{kind}")
        }

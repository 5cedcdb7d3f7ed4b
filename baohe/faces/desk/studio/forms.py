"""What product people can say. The room checks again."""

from __future__ import annotations

from typing import Any

from django import forms


class UploadForm(forms.Form):
    """The files themselves are read from the request, where several may lie under one name."""

    product_code = forms.CharField(
        label="产品代码",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "压缩包里有文件夹时可不填", "autocomplete": "off"}),
    )
    version = forms.CharField(
        label="版本",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "2027-01-01", "autocomplete": "off", "inputmode": "numeric"}),
    )


class ApproveForm(forms.Form):
    key = "approve"
    note = forms.CharField(label="意见（可不填）", max_length=500, required=False)


class ReturnForm(forms.Form):
    key = "return"
    note = forms.CharField(label="退回的理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NumberForm(forms.Form):
    key = "number"
    filing_number = forms.CharField(
        label="备案号", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class StopForm(forms.Form):
    last_day = forms.DateField(label="最后销售日", widget=forms.DateInput(attrs={"type": "date"}))


class SaveForm(forms.Form):
    """`text` keeps its ends: a file may well begin or end with an empty line."""

    file = forms.CharField(max_length=60)
    revision = forms.IntegerField(min_value=1)
    text = forms.CharField(required=False, strip=False)

    def clean_text(self) -> Any:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

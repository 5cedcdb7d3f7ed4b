"""受益人份额 at the desk: the forms of heirs, a guardian's act and an account, each for a second name to confirm."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from baohe.plumbing import clock
from baohe.rooms.claims.facade import ShareView

STATE_NAMES = {
    "waiting_guardian": ("等监护人办理", "wait"),
    "waiting_account": ("等收款账户", "wait"),
    "paying": ("银行付款中", ""),
    "paid": ("已到账", "good"),
}


class ActForm(forms.Form):
    """`key` is new with every form: the same form sent twice is one act."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label="理由和所凭的材料", max_length=500)


class HeirsForm(ActForm):
    heirs = forms.CharField(
        label="继承人，每行“姓名 份额”，未成年的在后面写“未成年”", max_length=1000, widget=forms.Textarea({"rows": 4})
    )
    field_order = ("key", "heirs", "reason")


class GuardianForm(ActForm):
    share = forms.UUIDField(widget=forms.HiddenInput)
    guardian = forms.CharField(label="监护人姓名", max_length=80)
    field_order = ("key", "share", "guardian", "reason")


class AccountForm(ActForm):
    share = forms.UUIDField(widget=forms.HiddenInput)
    holder = forms.CharField(label="户名", max_length=80)
    bank = forms.CharField(label="开户银行", max_length=80)
    number = forms.CharField(label="账号", max_length=40)
    field_order = ("key", "share", "holder", "bank", "number", "reason")


FORMS: dict[str, type[ActForm]] = {"heirs": HeirsForm, "guardian": GuardianForm, "account": AccountForm}
_OF_STATE = {"waiting_guardian": "guardian", "waiting_account": "account"}


@dataclass(frozen=True, slots=True)
class ShownShare:
    """A share with its state in words, and the form of what is to be done for it: `kind` is "" for nothing."""

    share: ShareView
    state: tuple[str, str]
    kind: str
    form: ActForm | None


def shown(share: ShareView, may_act: bool) -> ShownShare:
    kind = _OF_STATE.get(share.state, "") if may_act else ""
    form = FORMS[kind](initial={"key": clock.new_id(), "share": share.id}, auto_id=False) if kind else None
    return ShownShare(share, STATE_NAMES[share.state], kind, form)

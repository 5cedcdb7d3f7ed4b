"""The signals beside a claim, for `desk/claims/_signals.html`, and the line in the left column."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse

from baohe.faces.desk.queue import Queue
from baohe.faces.desk.session import Staff
from baohe.rooms.fraud import facade as fraud

VERDICT_NAMES = {"confirmed": "核实有问题", "cleared": "核实没问题", "unclear": "查不清"}
_POINTED = {"claim": "理赔", "account": "账号", "policy": "保单", "paper": "照片", "provider": "机构"}


class SayForm(forms.Form):
    verdict = forms.ChoiceField(choices=list(VERDICT_NAMES.items()))
    note = forms.CharField(label="怎样核实的", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    # several lines: Enter in a single one would press the first answer


def signals_panel(staff: Staff, claim_id: UUID) -> dict[str, Any]:
    """What the include takes: the file of signals, each with the claims it points to, and who may answer."""
    file = fraud.signals_of(claim_id)
    return {
        "signals": file,
        "signal_lines": [
            (
                signal,
                fraud.TITLES[signal.code],
                [point.id for point in signal.points_to if point.kind == "claim"],
                [f"{_POINTED[point.kind]} …{point.id[-4:]}" for point in signal.points_to if point.kind != "claim"],
            )
            for signal in file.signals or ()
        ],
        "signals_said": [(one, VERDICT_NAMES[one.verdict]) for one in file.feedback],
        "signals_verdicts": VERDICT_NAMES.items(),
        "signals_note": SayForm(auto_id="signals_%s")["note"],
        "may_say_of_signals": staff.has("claims_handler"),
    }


def fraud_queue() -> Queue:
    """The number is the claims with a strong signal of which nobody has said what came of it."""
    return Queue("fraud", "欺诈信号", fraud.unanswered(1, 1)[1], None, reverse("desk:fraud"))

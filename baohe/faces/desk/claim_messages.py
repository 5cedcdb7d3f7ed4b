"""留言 beside a claim, for `desk/claims/_messages.html`: what was said, what waits for a word, and the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from baohe.faces.desk.session import Staff
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import ClaimFile

_LARGEST = 1_000_000


class MessageForm(forms.Form):
    """`key` is new with every form: the same form sent twice is one message. `seen`: the last message on the page;
    what came while somebody wrote still waits."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_LARGEST)
    text = forms.CharField(label="写给客户", max_length=claims.LONGEST_MESSAGE, widget=forms.Textarea({"rows": 3}))


class AsideForm(forms.Form):
    seen = forms.IntegerField(min_value=0, max_value=_LARGEST)


def messages_panel(request: HttpRequest, staff: Staff, file: ClaimFile) -> dict[str, Any]:
    """`?before=` shows what lies before that message."""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) <= _LARGEST else None
    page = claims.messages_for_staff(staff.id, file.claim.id, before)
    return {
        "talk": page,
        "talk_is_old": before is not None,
        "may_write": staff.has("claims_handler") and not file.claim.by_partner,
        "message_form": MessageForm(initial={"key": clock.new_id(), "seen": page.last}, auto_id="message_%s"),
    }

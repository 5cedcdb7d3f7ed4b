"""Limited things at the desk: places of limited versions, campaigns of vouchers, and redeeming one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.frame import show
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.kernel.decisions import Text
from baohe.kernel.errors import BaoheError
from baohe.rooms.allowances import facade as allowances
from baohe.rooms.allowances.contracts import CampaignTerms
from baohe.rooms.catalog import facade as catalog

READERS = ("finance", "service", "auditor")
REDEEMERS = ("finance", "service")
PAGE = 50


class CampaignForm(forms.Form):
    code = forms.RegexField(r"^[a-z0-9-]{3,40}$", label="代码（小写字母、数字、连字符）")
    name_zh = forms.CharField(label="名称（中文）", max_length=40)
    name_en = forms.CharField(label="名称（英文）", max_length=80)
    detail_zh = forms.CharField(label="一句话说明（中文）", max_length=200)
    detail_en = forms.CharField(label="一句话说明（英文）", max_length=300)
    provider_zh = forms.CharField(label="服务方（中文）", max_length=80)
    provider_en = forms.CharField(label="服务方（英文）", max_length=120)
    limit = forms.IntegerField(label="总张数", min_value=1)
    per_person = forms.IntegerField(label="每人限领", min_value=1, initial=1)
    uses = forms.IntegerField(label="每张可用次数", min_value=1, initial=1)
    first_day = forms.DateField(label="领取开始日", widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label="领取截止日", widget=forms.DateInput(attrs={"type": "date"}))
    use_by = forms.DateField(label="使用截止日", widget=forms.DateInput(attrs={"type": "date"}))

    def terms(self) -> CampaignTerms:
        said = self.cleaned_data
        return CampaignTerms(
            code=said["code"],
            name=Text(said["name_zh"], said["name_en"]),
            detail=Text(said["detail_zh"], said["detail_en"]),
            provider=Text(said["provider_zh"], said["provider_en"]),
            limit=said["limit"],
            per_person=said["per_person"],
            uses=said["uses"],
            first_day=said["first_day"],
            last_day=said["last_day"],
            use_by=said["use_by"],
        )


@require_GET
@at_desk(*READERS)
def page(request: HttpRequest) -> HttpResponse:
    return _page(request, CampaignForm())


@require_POST
@at_desk("finance")
def open_campaign(request: HttpRequest) -> HttpResponse:
    form = CampaignForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    staff = staff_at(request)
    try:
        made = allowances.open_campaign(form.terms(), staff.id, staff.name)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return _page(request, form, status=422)
    messages.success(request, f"“{made.terms.name.zh}”已开放，共 {made.terms.limit} 张")
    return redirect("desk:allowances")


@require_POST
@at_desk(*REDEEMERS)
def redeem(request: HttpRequest) -> HttpResponse:
    """The provider's reference makes a repeat harmless: the first answer is shown again."""
    staff = staff_at(request)
    try:
        given = allowances.redeem(
            request.POST.get("code", "")[:40], request.POST.get("reference", ""), staff.id, staff.name
        )
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return redirect("desk:allowances")
    name, left = given.coupon.campaign.terms.name.zh, given.coupon.left
    again = "" if given.fresh else "（这个服务单号之前已核销，没有再扣次数）"
    messages.success(request, f"“{name}”已核销，还可用 {left} 次{again}")
    return redirect("desk:allowances")


def _page(request: HttpRequest, form: CampaignForm, status: int = 200) -> HttpResponse:
    staff = staff_at(request)
    quotas, _ = allowances.quotas(number_of(request), PAGE)
    campaigns, total = allowances.campaigns(number_of(request), PAGE)
    return show(
        request,
        "desk/money/allowances.html",
        "allowances",
        status,
        quotas=[(quota, catalog.version(quota.version_id).name.zh) for quota in quotas],
        campaigns=campaigns,
        more=number_of(request) * PAGE < total,
        number=number_of(request),
        form=form,
        may_open=staff.has("finance"),
        may_redeem=staff.has(*REDEEMERS),
    )

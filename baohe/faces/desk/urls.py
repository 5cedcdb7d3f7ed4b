"""The desk's addresses. Filters live in the address, so a page can be sent to a colleague."""

from django.urls import path

from baohe.faces.desk import claims, home, referral_acts, referrals
from baohe.faces.desk.money import urls as money_urls
from baohe.faces.desk.money.settling import urls as settling_urls
from baohe.faces.desk.studio import urls as studio_urls

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", home.SignIn.as_view(), name="sign-in"),
    path("sign-out/", home.sign_out, name="sign-out"),
    path("search/", home.search, name="search"),
    path("referrals/", referrals.queue, name="referrals"),
    path("referrals/<uuid:declaration_id>/", referrals.referral, name="referral"),
    path("referrals/<uuid:declaration_id>/papers/<uuid:paper_id>/", referrals.picture, name="referral-picture"),
    path("referrals/<uuid:declaration_id>/decide/", referral_acts.decide, name="decide-referral"),
    path("referrals/<uuid:declaration_id>/confirm/", referral_acts.confirm, name="confirm-verdict"),
    path("referrals/<uuid:declaration_id>/return/", referral_acts.give_back, name="return-verdict"),
    path("referrals/<uuid:declaration_id>/ask/", referral_acts.ask, name="ask-referral-papers"),
    path("claims/queue/<slug:name>/", claims.queue, name="claims"),
    path("claims/<uuid:claim_id>/", claims.claim, name="claim"),
    path("claims/<uuid:claim_id>/papers/<uuid:paper_id>/picture/", claims.picture, name="picture"),
    path("claims/<uuid:claim_id>/pay/", claims.pay, name="pay"),
    path("claims/<uuid:claim_id>/refusal/", claims.propose_refusal, name="propose-refusal"),
    path("claims/<uuid:claim_id>/refusal/<uuid:proposal_id>/confirm/", claims.confirm_refusal, name="confirm-refusal"),
    path("claims/<uuid:claim_id>/refusal/<uuid:proposal_id>/return/", claims.return_refusal, name="return-refusal"),
    path("claims/<uuid:claim_id>/keep/", claims.keep_result, name="keep-result"),
    path("claims/<uuid:claim_id>/pay-again/", claims.pay_again, name="pay-again"),
    path("claims/<uuid:claim_id>/ask/", claims.ask_for_papers, name="ask-for-papers"),
    *studio_urls.urlpatterns,
    *money_urls.urlpatterns,
    *settling_urls.urlpatterns,
]

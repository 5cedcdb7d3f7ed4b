"""The desk's addresses. Filters live in the address, so a page can be sent to a colleague."""

from django.urls import path

from baohe.faces.desk import (
    claim_hands,
    claim_money,
    claim_notice,
    claim_queue,
    claims,
    home,
    records,
    referral_acts,
    referrals,
)
from baohe.faces.desk.care import urls as care_urls
from baohe.faces.desk.compliance import urls as compliance_urls
from baohe.faces.desk.fraud import urls as fraud_urls
from baohe.faces.desk.money import urls as money_urls
from baohe.faces.desk.money.settling import urls as settling_urls
from baohe.faces.desk.parametric import urls as parametric_urls
from baohe.faces.desk.rules import urls as rules_urls
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
    path("referrals/<uuid:declaration_id>/declaration.pdf", referrals.declared_paper, name="declared-paper"),
    path("referrals/<uuid:declaration_id>/decide/", referral_acts.decide, name="decide-referral"),
    path("referrals/<uuid:declaration_id>/confirm/", referral_acts.confirm, name="confirm-verdict"),
    path("referrals/<uuid:declaration_id>/return/", referral_acts.give_back, name="return-verdict"),
    path("referrals/<uuid:declaration_id>/ask/", referral_acts.ask, name="ask-referral-papers"),
    path("claims/queue/<slug:name>/", claim_queue.queue, name="claims"),
    path("claims/workload/", claim_hands.workload, name="workload"),
    path("claims/leave/", claim_hands.leave, name="leave"),
    path("claims/leave/set/", claim_hands.set_leave, name="set-leave"),
    path("claims/leave/<uuid:leave_id>/cancel/", claim_hands.cancel_leave, name="cancel-leave"),
    path("claims/<uuid:claim_id>/take/", claim_hands.take, name="take-claim"),
    path("claims/<uuid:claim_id>/told/", claim_hands.told, name="refusal-told"),
    path("claims/<uuid:claim_id>/hand-over/", claim_hands.hand_over, name="hand-over"),
    path("claims/<uuid:claim_id>/", claims.claim, name="claim"),
    path("claims/<uuid:claim_id>/papers/<uuid:paper_id>/picture/", claims.picture, name="picture"),
    path("claims/<uuid:claim_id>/pay/", claims.pay, name="pay"),
    path("claims/<uuid:claim_id>/refusal/", claims.propose_refusal, name="propose-refusal"),
    path("claims/<uuid:claim_id>/refusal/<uuid:proposal_id>/confirm/", claims.confirm_refusal, name="confirm-refusal"),
    path("claims/<uuid:claim_id>/refusal/<uuid:proposal_id>/return/", claims.return_refusal, name="return-refusal"),
    path("claims/<uuid:claim_id>/keep/", claims.keep_result, name="keep-result"),
    path("claims/<uuid:claim_id>/pay-again/", claims.pay_again, name="pay-again"),
    path("claims/<uuid:claim_id>/ask/", claims.ask_for_papers, name="ask-for-papers"),
    path("claims/<uuid:claim_id>/messages/", claims.answer_message, name="answer-message"),
    path("claims/<uuid:claim_id>/messages/aside/", claims.put_messages_aside, name="messages-aside"),
    *claim_money.urlpatterns,
    *claim_notice.urlpatterns,
    *care_urls.urlpatterns,
    *compliance_urls.urlpatterns,
    *fraud_urls.urlpatterns,
    path("records/", records.queue, name="records"),
    path("records/styles/<slug:digest>.css", records.style, name="film-style"),
    path("records/<uuid:policy_id>/", records.sale, name="record"),
    path("records/<uuid:policy_id>/open/", records.open_film, name="open-film"),
    path("records/<uuid:policy_id>/film/", records.watch, name="film"),
    path("records/<uuid:policy_id>/film.json", records.data, name="film-data"),
    path("records/<uuid:policy_id>/export/", records.export, name="export-film"),
    path("records/<uuid:policy_id>/hold/", records.hold, name="hold-record"),
    path("records/<uuid:policy_id>/hold/<uuid:hold_id>/ask/", records.ask_to_lift, name="ask-to-lift"),
    path("records/<uuid:policy_id>/hold/<uuid:hold_id>/lift/", records.lift, name="lift-hold"),
    *studio_urls.urlpatterns,
    *money_urls.urlpatterns,
    *settling_urls.urlpatterns,
    *rules_urls.urlpatterns,
    *parametric_urls.urlpatterns,
]

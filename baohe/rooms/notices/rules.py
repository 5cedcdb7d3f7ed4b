"""The words of every message, in both languages. Pure.

Rates of pay, diseases and full names stay out of messages: a text lies open on a locked screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from baohe.kernel.decisions import Text

TEMPLATES: Mapping[str, Text] = {
    "login_code": Text(
        "【保和】验证码 {code}，{minutes} 分钟内有效，只用于登录。任何人索要都不要给，包括自称客服的人。",
        "[Baohe] Your code is {code}, good for {minutes} minutes and for signing in only. Give it to nobody, "
        "not even to someone who says they are our service.",
    ),
    "insured_consent_link": Text(
        "【保和】有一份以你为被保险人的保险在等你本人的意见。打开 {link} 看清保额和受益人，再选同意或不同意，"
        "两样都行。{hours} 小时内有效，只能用一次。不认识就不用理会。",
        "[Baohe] Somebody wants to insure your life and asks for your own word. Open {link}, see the sum and who "
        "receives it, and say yes or no; either is fine. Good for {hours} hours and one answer. If you know nothing "
        "of this, ignore it.",
    ),
    "insured_consent_code": Text(
        "【保和】验证码 {code}，{minutes} 分钟内有效，只用于确认是你本人在看要你同意的保险。任何人索要都不要给。",
        "[Baohe] Your code is {code}, good for {minutes} minutes, only to confirm that it is you who reads the cover "
        "you are asked about. Give it to nobody.",
    ),
    "claim_link_code": Text(
        "【保和】验证码 {code}，{minutes} 分钟内有效，只用于打开你的理赔链接。任何人索要都不要给。",
        "[Baohe] Your code is {code}, good for {minutes} minutes and only to open the link to your claim. Give it to "
        "nobody.",
    ),
    "claim_link_progress": Text(
        "【保和】理赔 {number}：{progress}。打开你的理赔链接可看全部经过和计算。",
        "[Baohe] Claim {number}: {progress}. Open your claim link for every step and the calculation.",
    ),
    "claim_link_message": Text(
        "【保和】理赔 {number}：理赔员 {name} 给你留言了，打开你的理赔链接查看和回复。",
        "[Baohe] Claim {number}: handler {name} has written to you. Open your claim link to read and answer it.",
    ),
    "claim_link_paid": Text(
        "【保和】理赔 {number} 的赔款 ¥{amount} 已付到你本人的银行账户。",
        "[Baohe] ¥{amount} for claim {number} has been paid to the bank account in your name.",
    ),
    "signing_code": Text(
        "【保和】验证码 {code}，{minutes} 分钟内有效，只用于签署{paper}。不是你本人在签，请不要告诉任何人。",
        "[Baohe] Your code is {code}, good for {minutes} minutes and only for signing {paper}. If it is not you who is "
        "signing, tell it to nobody.",
    ),
    "record_link": Text(
        "【保和】打开 {link}，用你自己的手机号登录，就能在另一台设备接着投保，填过的都还在。登录验证码不要告诉任何人。",
        "[Baohe] Open {link} and sign in with your own number to go on with your purchase on another device; nothing "
        "you entered is lost. Give the code you sign in with to nobody.",
    ),
    "policy_issued": Text(
        "【保和】{product}已承保，保单号 {number}，{start} 起保障。电子保单在“保单”里，可下载并核验真伪。",
        "[Baohe] {product} is issued: policy {number}, cover from {start}. The policy document is under Policies, "
        "where anyone can verify it.",
    ),
    "claim_progress": Text(
        "【保和】理赔 {number}：{progress}。打开保和可看全部经过和计算。",
        "[Baohe] Claim {number}: {progress}. Open Baohe for every step and the calculation.",
    ),
    "claim_reported_by_staff": Text(
        "【保和】{name} 接到电话，代你报了理赔 {number}。要准备：{papers}。"
        "打开保和上传、看全部经过；不是你报的，在那里撤回。",
        "[Baohe] {name} took a call and reported claim {number} for you. Papers: {papers}. Open Baohe to add them and "
        "see every step; if it was not you, withdraw it there.",
    ),
    "claim_deadline": Text(
        "【保和】理赔 {number} 的“{what}”期限是 {day}，我们还没有办完，抱歉。现在由 {name} 负责，{moment} 前答复你。",
        "[Baohe] Claim {number}: “{what}” is due on {day} and not done yet. We are sorry. {name} is in charge now and "
        "answers you by {moment}.",
    ),
    "service_deadline": Text(
        "【保和】{name} 的“{what}”期限是 {day}，我们还没有办完，抱歉。现在由 {who} 负责，{moment} 前答复你。",
        "[Baohe] {name}: “{what}” is due on {day} and not done yet. We are sorry. {who} is in charge now and "
        "answers you by {moment}.",
    ),
    "claim_message": Text(
        "【保和】理赔 {number}：理赔员 {name} 给你留言了，打开保和在这件理赔里查看和回复。",
        "[Baohe] Claim {number}: handler {name} has written to you. Open Baohe to read and answer it on the claim.",
    ),
    "claim_paid": Text(
        "【保和】理赔 {number} 的赔款 ¥{amount} 已付到你的钱包。",
        "[Baohe] ¥{amount} for claim {number} has been paid to your wallet.",
    ),
    "claim_share_paid": Text(
        "【保和】理赔 {number}：{name} 的一份 ¥{amount} 已付到尾号 {last_four} 的账户。",
        "[Baohe] Claim {number}: the share of {name}, ¥{amount}, has been paid to the account ending in {last_four}.",
    ),
    "claim_share_failed": Text(
        "【保和】理赔 {number}：{name} 的一份 ¥{amount} 没有付成，账户收不了款。"
        "请打开保和换一个 {name} 的账户，钱一分不少。",
        "[Baohe] Claim {number}: the share of {name}, ¥{amount}, could not be paid to that account. Open Baohe and "
        "give another account of {name}; nothing is lost.",
    ),
    "parametric_paid": Text(
        "【保和】{what}（{who}），按条款 {clause} 赔 ¥{amount}，正在付到你的钱包，通常几秒。"
        "理赔 {number}，数据不对可在理赔页提出。",
        "[Baohe] {what} ({who}): ¥{amount} under clause {clause} is on its way to your wallet, usually within seconds. "
        "Claim {number}; if the data is wrong, say so on the claim's page.",
    ),
    "parametric_with_person": Text(
        "【保和】{what}（{who}）。理赔 {number} 由理赔员核对，不用你做什么，有结果会通知你。",
        "[Baohe] {what} ({who}). A handler looks at claim {number}; nothing for you to do, you will be told.",
    ),
    "parametric_answered": Text(
        "【保和】理赔 {number}：你提出的数据问题已由两位理赔员核对，{answer}。",
        "[Baohe] Claim {number}: two handlers checked the data you questioned. {answer}.",
    ),
    "payment_refunded": Text(
        "【保和】保单 {number} 的退款 ¥{amount} 已退回原付款账户。",
        "[Baohe] ¥{amount} for policy {number} has been returned to the account that paid.",
    ),
    "payment_refunded_by_transfer": Text(
        "【保和】保单 {number} 的退款 ¥{amount} 已全部退回，原路退不回的部分已转到你本人的银行账户。",
        "[Baohe] ¥{amount} for policy {number} has been returned; what the original route refused went to your own "
        "bank account.",
    ),
    "another_paid": Text(
        "【保和】收到的 ¥{amount} 不是投保人本人付的，没有收下，正在自动退回{account}。保费请用你本人的账户付：{link}",
        "[Baohe] ¥{amount} came from somebody other than the policyholder. We did not keep it; it is going back to "
        "{account}. Please pay from an account in your own name: {link}",
    ),
    "refund_refused": Text(
        "【保和】保单 {number} 的退款 ¥{amount} 原路退不回。钱还在，请联系客服登记你本人名下的银行账户，我们转账给你。",
        "[Baohe] ¥{amount} for policy {number} could not go back the way it came. It is safe: tell service a bank "
        "account in your own name and we transfer it.",
    ),
    "policy_cancelled": Text(
        "【保和】保单 {number} 已解除，退款 ¥{amount} 正在退回原付款账户。",
        "[Baohe] Policy {number} is cancelled; ¥{amount} is on its way back to the account that paid.",
    ),
    "policy_endorsed": Text(
        "【保和】保单 {number} 的保额已减到 {sum}，{day} 00:00 起生效，¥{amount} 正在退回原付款账户。批单在“保单”里。",
        "[Baohe] The sum insured of policy {number} is lowered to {sum} from {day} 00:00; ¥{amount} is on its way back "
        "to the account that paid. The endorsement is under Policies.",
    ),
    "settlement_account": Text(
        "【保和】{party}的结算收款账户登记为 {account}，{moment} 起可用。不是你们要求的，请马上联系结算人员。",
        "[Baohe] The account that {party} is paid to is now {account}, usable from {moment}. If you did not ask for "
        "this, call settlement at once.",
    ),
    "call_back_urgent": Text(
        "【保和】{product}的回访还没有完成。{day} 当天及以前退保，保费全退。请在“保单”里答几个问题，或等我们来电。",
        "[Baohe] A few questions about {product} are still open. Leaving up to and on {day} gives the whole premium "
        "back. Open the policy under Policies to answer, or we will call.",
    ),
    "deduction_ahead": Text(
        "【保和】{product}将在 {day} 从你签约的账户扣保费 ¥{amount}。不想扣：打开 {link} 点“停止扣款”，一步即可。",
        "[Baohe] ¥{amount} for {product} will be taken from your bound account on {day}. To stop it, open {link} and "
        "tap Stop deductions; one step.",
    ),
    "premium_ahead": Text(
        "【保和】{product}的保费 ¥{amount} 将在 {day} 到期。没有扣款授权或签约，我们不会扣款，请打开 {link} 付款。",
        "[Baohe] ¥{amount} for {product} falls due on {day}. Without your consent and a bound account nothing is "
        "taken; please pay at {link}.",
    ),
    "premium_unpaid": Text(
        "【保和】{product} {day} 到期的保费 ¥{amount} 还没有交。保障在 {until} 之前不变，请打开 {link} 付款。",
        "[Baohe] ¥{amount} for {product}, due on {day}, is not paid yet. Cover holds until {until}; pay at {link}.",
    ),
    "deduction_failed": Text(
        "【保和】{product}的保费 ¥{amount} 没有扣成：{why}。保障到 {until} 不变，我们会再试，"
        "你也可以打开 {link} 付款。",
        "[Baohe] ¥{amount} for {product} was not taken: {why}. Cover holds until {until}; we try again, or pay "
        "at {link}.",
    ),
    "grace_ending": Text(
        "【保和】{product} {day} 到期的保费 ¥{amount} 仍未交，{until} 之后保障停止。请打开 {link} 付款。",
        "[Baohe] ¥{amount} for {product}, due on {day}, is still unpaid; after {until} cover stops. Pay at {link}.",
    ),
    "policy_suspended": Text(
        "【保和】{product}（{number}）因保费未交，自 {since} 起效力中止，其间发生的事故不赔。"
        "{until} 前可以申请复效：{link}",
        "[Baohe] {product} ({number}) is suspended from {since} for an unpaid premium; what happens meanwhile is not "
        "covered. Until {until} you can have it reinstated: {link}",
    ),
    "policy_lapsed": Text(
        "【保和】{product}（{number}）因保费未交，自 {since} 起效力终止，不再扣款。以前的事故仍可申请理赔。",
        "[Baohe] {product} ({number}) ended on {since} for an unpaid premium; nothing more is taken. Earlier events "
        "can still be claimed.",
    ),
    "reinstatement_allowed": Text(
        "【保和】{product}（{number}）的复效申请已同意，请在 {until} 前打开 {link} 补交保费，付款后恢复保障。",
        "[Baohe] {product} ({number}) can be reinstated: pay what is owed at {link} by {until}; cover runs again then.",
    ),
    "reinstatement_declined": Text(
        "【保和】{product}（{number}）的复效申请有结论了，理由和复核方式见 {link}",
        "[Baohe] Your request to reinstate {product} ({number}) is decided; the reasons and how to object: {link}",
    ),
    "policy_reinstated": Text(
        "【保和】{product}（{number}）已复效，自 {since} 起恢复保障。",
        "[Baohe] {product} ({number}) is reinstated; cover runs again from {since}.",
    ),
    "underwriting_decided": Text(
        "【保和】{product}的人工核保有结果了，请打开保和查看。",
        "[Baohe] Our underwriter has answered about {product}. Please open Baohe to see it.",
    ),
    "underwriting_papers_asked": Text(
        "【保和】{product}的核保员想看几样材料，一次列全了，请在 {until} 前打开保和上传；这段时间不占答复期限。",
        "[Baohe] Our underwriter asks for papers about {product}, all of them listed at once. Please upload them in "
        "Baohe by {until}; the time for our answer stands still meanwhile.",
    ),
    "underwriting_papers_reminder": Text(
        "【保和】{product}还差核保材料，{until} 前上传就可以。拿不到的，在页面上说明即可。",
        "[Baohe] Papers for {product} are still missing; you have until {until}. What you cannot get, just say so "
        "on the page.",
    ),
    "underwriting_papers_over": Text(
        "【保和】{product}的材料期限已到，核保员会按已有的资料继续看。",
        "[Baohe] The time for papers for {product} is over; our underwriter goes on with what is there.",
    ),
    "underwriting_offer": Text(
        "【保和】{product}的核保员给出了承保条件，接受与否由你决定，{until} 前有效，请打开保和查看。",
        "[Baohe] Our underwriter offers terms for {product}. Whether to accept is up to you; valid until {until}. "
        "Please open Baohe.",
    ),
    "underwriting_offer_reminder": Text(
        "【保和】{product}的承保条件 {until} 到期，到期后自动失效，不会扣款。",
        "[Baohe] The terms offered for {product} end on {until}; nothing is taken if you let them pass.",
    ),
    "underwriting_offer_expired": Text(
        "【保和】{product}的承保条件已到期失效，没有扣款。需要时可以重新投保。",
        "[Baohe] The terms offered for {product} have ended; nothing was taken. You can apply again at any time.",
    ),
    "underwriting_review_asked": Text(
        "【保和】{product}的核保结果已转 {handler} 复核，最晚 {until} 答复；只会维持或改善，答复之前先不签字、不付款。",
        "[Baohe] {handler} looks again at the decision about {product} and answers by {until}. It can "
        "only stay or get better; until then nothing is signed or paid.",
    ),
}

SECRET_TEMPLATES = frozenset(
    {"claim_link_code", "insured_consent_code", "insured_consent_link", "login_code", "signing_code"}
)
"""Their words are wiped once sent: a code is nobody's record."""


def fields_of(template: str) -> frozenset[str]:
    """The facts a template needs. Raises `KeyError` for an unknown template."""
    words = TEMPLATES[template]
    return frozenset(
        name for text in (words.zh, words.en) for _, name, _, _ in Formatter().parse(text) if name is not None
    )


def render(template: str, params: Mapping[str, str], params_en: Mapping[str, str] | None = None) -> Text:
    """The message in both languages. A missing fact raises `KeyError`: a hole in a message is a programming error.

    `params_en` overrides facts that are words (a product's name) in the English text.
    """
    words = TEMPLATES[template]
    return Text(words.zh.format_map(params), words.en.format_map({**params, **(params_en or {})}))

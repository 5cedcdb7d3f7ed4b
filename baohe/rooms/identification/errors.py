"""How identification may refuse. No sentence here tells anybody about a list."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError, Conflict

_WHAT_TO_DO = {
    "blurred": (
        "照片糊了",
        "the picture is blurred",
        "请拿稳手机，对焦清楚后再拍",
        "hold still and let the camera focus",
    ),
    "glare": (
        "有一行字看不清，可能反光或被手指挡住",
        "one line cannot be read; light or a finger may lie on it",
        "请换个角度避开灯光，手指别挡住字",
        "turn the card away from the light and keep fingers off the print",
    ),
    "cropped": ("证件没有拍全", "the card is not whole", "请把四个角都拍进来", "get all four corners into the picture"),
    "wrong_side": ("拍反了面", "this is the other side", "请把卡片翻过来再拍", "turn the card over"),
    "not_a_card": (
        "没有认出身份证",
        "no identity card was recognised",
        "请把身份证平放，拍满画面",
        "lay the card flat and fill the picture with it",
    ),
    "mismatch": (
        "证件上的出生日期和号码对不上",
        "the printed birthday and the number do not agree",
        "请重拍原件；还不行可以手工填写",
        "photograph the card itself again, or type the details",
    ),
    "expired": (
        "身份证已过有效期",
        "the card has expired",
        "请用换领后的新证，或请人工办理",
        "use the renewed card, or ask a person",
    ),
    "other_person": (
        "证件上的人不是投保人本人",
        "the card is not the policyholder's",
        "请拍投保人自己的身份证",
        "photograph the policyholder's own card",
    ),
}


class CardNotReadable(BaoheError):
    """The picture is no use as it is; `problem` is one of the keys above. Nothing of it was kept."""

    code = "card_not_readable"
    status = 422
    zh = "{reason_zh}"
    en = "The card cannot be used: {reason_en}"
    next_zh = "{todo_zh}"
    next_en = "Please {todo_en}"

    def __init__(self, problem: str) -> None:
        zh, en, todo_zh, todo_en = _WHAT_TO_DO[problem]
        super().__init__(problem=problem, reason_zh=zh, reason_en=en, todo_zh=todo_zh, todo_en=todo_en)


class BiometricConsentNeeded(BaoheError):
    """DATA-1: separate consent before a face is looked at; without it a person makes sure instead."""

    code = "biometric_consent_needed"
    status = 403
    zh = "人脸核身要你单独同意"
    en = "Checking your face needs your separate consent"
    next_zh = "不同意也能办：选“请人工核实”"
    next_en = "You need not agree: choose “Let a person check”"


class LivenessUnavailable(BaoheError):
    code = "liveness_unavailable"
    status = 503
    zh = "核身服务暂时没有回应"
    en = "The face check does not answer right now"
    next_zh = "请稍后再试，或选“请人工核实”"
    next_en = "Try again later, or choose “Let a person check”"


class SecondPersonNeeded(Conflict):
    code = "second_person_needed"

    def __init__(self) -> None:
        super().__init__(reason_zh="须由另一位合规专员复核", reason_en="a second person must decide this")


class HitClosed(Conflict):
    code = "hit_closed"

    def __init__(self) -> None:
        super().__init__(reason_zh="这一条已有结论", reason_en="this has been decided")


class ListNotUsable(BaoheError):
    """A list is taken whole or not at all; `reason` names the line."""

    code = "list_not_usable"
    status = 422
    zh = "名单没有载入：{reason_zh}"
    en = "The list was not loaded: {reason_en}"
    next_zh = "请改好文件再载入，原来的名单仍在使用"
    next_en = "Correct the file and load it again; the list before stays in use"


class StepKept(BaoheError):
    """SALE-6, SALE-15: nothing is deleted before its date."""

    code = "identification_kept"
    status = 409
    zh = "身份识别记录要保存到 {until}，不能提前删除"
    en = "This record of identification must be kept until {until} and cannot be deleted before"
    next_zh = "到期后系统会自动删除"
    next_en = "It is deleted by itself after that day"


class StepHeld(BaoheError):
    """Kept beyond its date: a dispute or a question that is not answered."""

    code = "identification_held"
    status = 409
    zh = "身份识别记录还要保留：{reason_zh}"
    en = "This record of identification is still held: {reason_en}"
    next_zh = "解除保留后系统会自动删除"
    next_en = "It is deleted by itself when nothing holds it any more"

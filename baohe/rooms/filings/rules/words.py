"""The vocabulary of the trade: names of dimensions, and what their values look like. Nothing of one product."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from baohe.rooms.filings.rules.numbers import narrow

_TYPED_NAMES: tuple[tuple[str, str], ...] = (
    ("start_age", r"(?:养老|年金|生存)?(?:保险)?金?(?:开始|起始|首次)?(?:领取|给付|起领)年龄"),
    ("age", r"(?:被?保险人|投保人?|承保|到达|参保|签单)?(?:投保|到达)?(?:周岁)?(?:年龄|岁数|周岁)(?:段|组|区间|范围)?"),
    ("sex", r"(?:被?保险人|投保人)?性别"),
    (
        "pay",
        r"(?:保险费|保费)?(?:交|缴)(?:纳|付)?(?:保险费|保费|费)?(?:期间|期限|年期|期|年限|年数|方式|频率|频次|类型)",
    ),
    ("term", r"(?:保险|保障|承保|合同)(?:期间|期限|年期|年限|期)"),
    ("year", r"(?:保单|保险|合同|续保|连续投保)?(?:生效)?(?:年度|周年日?|年份|经过年数)(?:末|初)?"),
    ("month", r"(?:保单)?月度?(?:末|初)?"),
    ("occupation", r"(?:被?保险人)?职业(?:类别|分类|等级|类型|级别|风险等级)?|(?:风险)?(?:类别|等级|级别)"),
    ("plan", r"(?:保险|保障|投保|产品|给付|责任)?(?:方案|计划|款式|档次|组合|版本)(?:类型|名称|选择)?"),
    ("social", r"(?:有无)?(?:参加)?(?:社保|医保|社会医疗保险|基本医疗保险|社会保险)(?:身份|类型|情况|状态)?"),
    ("deductible", r"(?:年度?|次|单次)?(?:累计)?(?:免赔额|免赔|起付线|自付额)"),
    ("ratio", r"(?:给付|赔付|报销|领取)比例"),
    ("other", r"(?:领取|给付|保证领取|保证给付|年金领取|投保|承保|销售)?(?:方式|频率|期间|期限|类型|型别|种类)"),
    (
        "other",
        r"地区|区域|省份|体况|健康状况|吸烟状态|风险等级|车型|座位数|使用性质|航程|型号|险种|险别|可选责任|责任组合|责任",
    ),
)
_NAME = [(kind, re.compile(pattern)) for kind, pattern in _TYPED_NAMES]
_IN_PARENS = re.compile(r"[(（][^()（）]*[)）]")
_BETWEEN = re.compile(r"[\s\\/、,，|;；:：+·-]+")

_AGE = r"\d{1,3}"
_VALUES: tuple[tuple[str, str], ...] = (
    ("sex", r"(?:男|女)(?:性|孩|生|士)?|M|F|male|female"),
    (
        "pay",
        r"(?:\d{1,3}|[一二三四五六七八九十]+)年?(?:期|年)?(?:交|缴)(?:费|清)?|[趸躉](?:交|缴)(?:费)?|一次(?:性)?(?:交|缴)(?:清|付|纳)?|"
        r"(?:年|月|季|半年|不定期)(?:交|缴)(?:费)?|(?:交|缴)(?:费)?至.{0,12}岁|限期.{0,4}(?:交|缴)",
    ),
    ("pay", r"[一-鿿]交"),
    (
        "term",
        r"(?:保险|保障)(?:期间|期限)[:：]?(?:为|至|保至)?.{1,12}|(?:保)?至\d{1,3}周?岁|(?:保)?终身|\d{1,3}年(?:期)?",
    ),
    (
        "plan",
        r".{0,6}(?:计划|方案|款|档|版)[一二三四五六七八九十\dA-Za-zⅠ-Ⅻ]{1,3}|[A-Za-z一二三四五六七八九十](?:计划|方案|款|档|版)|(?:尊享|基础|标准|升级|经典|旗舰|至尊)(?:版|款|型)?",
    ),
    ("occupation", r"第?[一二三四五六七\d](?:[-~至、][一二三四五六七\d])*类(?:职业)?|职业[一二三四五六七\d]类"),
    ("year", r"第?\d{1,3}(?:保单)?(?:年度)(?:末)?|第\d{1,3}年(?:末)?"),
    ("social", r"(?:有|无|未?参加|未?参保|以).{0,12}(?:社保|医保|医疗保险|公费医疗).*"),
    ("deductible", r".{0,4}(?:免赔额?|起付线).{0,10}|0免赔"),
    (
        "age",
        rf"(?:出生)?满?\d{{1,3}}(?:天|日|个月)(?:[-~至—–]{_AGE}(?:周?岁)?)?|[≤≥<>]{_AGE}(?:周?岁)?|{_AGE}(?:周?岁)?[-~至—–]{_AGE}(?:周?岁)?|{_AGE}周?岁(?:[及或]?以[上下])?|{_AGE}[及或]?以[上下]",
    ),
    ("number", r"\d{1,3}"),
)
_VALUE = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _VALUES]
_DEFAULT_NAME = {
    "sex": "性别", "pay": "交费期间", "term": "保险期间", "plan": "方案", "occupation": "职业类别", "year": "保单年度",
    "social": "基本医疗保险", "deductible": "免赔额", "age": "年龄", "start_age": "领取年龄", "ratio": "给付比例",
}  # fmt: skip
_MEASURE = re.compile(
    r"(?:.{0,6}(?:期|年|月|季|半年|首年|标准|风险|每份|每人|基准|基础)?(?:交|缴|度)?)?(?:保险费率?|保费|费率|纯保费|现金价值|退保金|基本保险金额|保险金额|保额|系数|因子|折扣率?|金额|价格|数值|标准)(?:表)?(?:合计)?"
)
_AMOUNT = re.compile(
    r"(?:基本|年度|最高|累计|单次|每次(?:事故)?|每人|总|意外|身故|每份)?(?:保险金额|保险金|保额|保障额度|(?:赔偿|赔付|给付|责任|保障|累计)?限额)|(?:投保)?份数|津贴(?:日额|额度)"
)
_RATE = re.compile(
    r".{0,8}(?:费率|保险费|保费|现金价值|退保金|系数|因子|折扣率?|价格)(?:表|合计|标准)?|(?:给付|应交)?金额|费用|标准"
)
_COVER = re.compile(r"(?:保障|保险|给付|责任|承保|基本|可选)*(?:项目|责任|内容|利益|险种|险别|名称)")
_OF_THE_TRADE = re.compile(
    r"[A-Za-z\dⅠ-Ⅻ男女岁]|方案|计划|.[款版型档类级期]$|性别|年龄|年度|周年|交费|缴费|[趸躉月季年][交缴]|保险|保障|保单|保费|费率|责任|职业|社保|医保|医疗|"
    r"疾病|重疾|身故|残疾|全残|伤残|意外|住院|门诊|手术|津贴|给付|领取|投保|续保|首次|重新|新保|基本|基础|可选|附加|主险|免赔|标准|优选|吸烟|"
    r"健康|团体|个人|家庭|被保人|单位|说明|系数|因子|折扣|肿瘤|癌|养老|教育|生存|满期|终身|定期|分红|万能|账户|利益|现金|价值|地区|区域|国内|"
    r"境内|境外|全球|航空|旅行|旅游|车辆|机动车|财产|家财|房屋|学生|少儿|儿童|成人|老年|孕|母婴|产品|险"
)
_SERIAL = re.compile(r"序号|编号|行号|No\.?", re.IGNORECASE)
_GLUE = re.compile(
    r"\d{1,3}年(?:期)?(?:交|缴)(?:费)?|[趸躉](?:交|缴)|(?:保)?至\d{1,3}周?岁|男性|女性|男|女|"
    r"(?:计划|方案)[一二三四五六七八九十]|[一二三四五六\d]类"
)


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    """The words without spaces and without what stands in parentheses."""
    return _IN_PARENS.sub("", narrow(text).replace(" ", "")).strip("*:：")


@lru_cache(maxsize=1 << 14)
def names_in(text: str) -> tuple[tuple[str, str], ...]:
    """The dimension names that a corner holds: ((type, name as printed), …). Empty when it says anything else."""
    said = _IN_PARENS.sub("", narrow(text)).strip(" *:：")
    if not said or len(said) > 40:
        return ()
    parts = [part for part in _BETWEEN.split(said) if part]
    joined = "".join(parts)
    return _split(joined) or ()


def name_at_end(text: str) -> str:
    """The name that a corner ends with when its beginning was misread: 交费期问年龄 → 年龄; "" for none."""
    said = bare(text)
    for start in range(1, len(said) - 1):
        if names_in(said[start:]):
            return said[start:]
    return ""


def has_stroke(text: str) -> bool:
    """Names parted by a printed stroke, row\\column."""
    return re.search(r"[\\/／＼|]", text) is not None


def _split(word: str) -> tuple[tuple[str, str], ...] | None:
    """Cut the word into names, fewest first; None when a piece is no name."""
    if not word:
        return ()
    for kind, pattern in _NAME:
        if pattern.fullmatch(word):
            return ((kind, word),)
    for end in range(len(word) - 1, 1, -1):
        kind_of_head = next((kind for kind, pattern in _NAME if pattern.fullmatch(word[:end])), None)
        if kind_of_head:
            rest = _split(word[end:])
            if rest:
                return ((kind_of_head, word[:end]), *rest)
    return None


@lru_cache(maxsize=1 << 14)
def value_type(text: str) -> str:
    """What kind of dimension value the text looks like; "" when it could be anything."""
    said = bare(text)
    return next((kind for kind, pattern in _VALUE if pattern.fullmatch(said)), "")


def type_of_all(texts: Iterable[str]) -> str:
    """The kind that most of the texts share; "" when fewer than two in three do."""
    kinds = [value_type(text) for text in dict.fromkeys(texts) if text]
    if not kinds:
        return ""
    kind, often = Counter(kinds).most_common(1)[0]
    return kind if kind and often * 3 >= len(kinds) * 2 else ""


def agree(name_type: str, values_type: str) -> bool:
    """Whether values of this look may stand under this name."""
    if name_type == values_type:
        return True
    ages = {"age", "start_age"}
    if name_type in ages and values_type in ages:
        return True
    if values_type == "number":
        return name_type in {"age", "start_age", "year", "month", "occupation", "pay", "term"}
    if values_type == "term":
        return name_type in {"pay", "start_age"}
    return False


def default_name(kind: str) -> str:
    return _DEFAULT_NAME.get(kind, "项目")


def is_measure(text: str) -> bool:
    """A column's heading that says what the figure is, not whose it is: 费率, 年交保险费, 现金价值."""
    return _MEASURE.fullmatch(bare(text)) is not None


def is_amount(text: str) -> bool:
    """Sums insured, limits, shares: what a rate belongs to when rates stand beside it."""
    return _AMOUNT.fullmatch(bare(text)) is not None


def is_rate(text: str) -> bool:
    """Words for what is paid or multiplied: 费率, 年交保费, 系数."""
    return _RATE.fullmatch(bare(text)) is not None and not is_amount(text)


def names_covers(text: str) -> bool:
    """A heading over the benefits of a product: 保障项目, 保险责任."""
    return _COVER.fullmatch(bare(text)) is not None


def is_of_the_trade(text: str) -> bool:
    """The line holds at least one word that rate books use."""
    return _OF_THE_TRADE.search(bare(text)) is not None or _OF_THE_TRADE.search(narrow(text)) is not None


def is_serial(text: str) -> bool:
    return _SERIAL.fullmatch(bare(text)) is not None


@lru_cache(maxsize=1 << 14)
def pieces(text: str) -> tuple[tuple[str, ...], str]:
    """A heading cut into the values glued in it, and what is left over at its end: 20年交30年交 → both, ""."""
    said = bare(text)
    found: list[str] = []
    at = 0
    while at < len(said):
        match = _GLUE.match(said, at)
        if match is None:
            break
        found.append(match.group())
        at = match.end()
    return tuple(found), said[at:]

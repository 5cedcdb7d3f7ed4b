"""Draws invented papers of a claim, one layout a kind, with the truth that is printed on each.

Layouts are lists of (x, y, size, text) on a page, as such papers look; nothing of them belongs to a person or a firm.
`by_hand` turns, tilts, shades and grains a page as a telephone does.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
_INK, _PAPER, _SEAL = (42, 42, 48), (250, 249, 245), (200, 60, 60)
Print = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A page, and field → value as `read_paper` should tell it."""

    kind: str
    picture: Image.Image
    truth: Mapping[str, str]

    def jpeg(self, quality: int = 88) -> bytes:
        out = io.BytesIO()
        self.picture.convert("RGB").save(out, "JPEG", quality=quality)
        return out.getvalue()


def draw(
    size: tuple[int, int],
    prints: list[Print],
    rules: list[tuple[int, int, int, int]] = (),
    seal: str = "",
    at: tuple[int, int] = (0, 0),
) -> Image.Image:  # noqa: E501
    picture = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(picture)
    for rule in rules:
        pen.line(rule, fill=(150, 120, 100), width=2)
    for x, y, height, text in prints:
        pen.text((x, y), text, font=ImageFont.truetype(str(_FONT), height), fill=_INK, anchor="lm")
    if seal:
        return _sealed(picture, seal, at)
    return picture


def _sealed(picture: Image.Image, words: str, at: tuple[int, int]) -> Image.Image:
    """A red seal over whatever is printed there."""
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    x, y = at
    pen.ellipse((x - 95, y - 65, x + 95, y + 65), outline=(*_SEAL, 150), width=5)
    pen.text((x, y), words, font=ImageFont.truetype(str(_FONT), 22), fill=(*_SEAL, 150), anchor="mm")
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def by_hand(sample: Sample, seed: int, turn: int = 0, dark: float = 0.0) -> Sample:
    """As photographed: a few degrees of tilt, perspective, uneven light, grain; `turn` in quarters; `dark` 0 to 1."""
    chance = random.Random(seed)  # noqa: S311 - grain of a picture, not a secret
    page = sample.picture
    w, h = page.size
    off = [chance.uniform(-0.018, 0.018) * side for side in (w, h, w, h, w, h, w, h)]
    corners = [a + b for a, b in zip((0, 0, 0, h, w, h, w, 0), off, strict=True)]
    page = page.transform((w, h), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=(90, 88, 84))
    page = page.rotate(chance.uniform(-3, 3), Image.Resampling.BICUBIC, expand=True, fillcolor=(90, 88, 84))
    shade = Image.linear_gradient("L").resize(page.size).point(lambda v: v // 5 + int(150 * dark))
    page = Image.composite(Image.new("RGB", page.size, (30, 28, 26)), page, shade)
    grain = Image.effect_noise(page.size, 30).convert("RGB")
    page = Image.blend(page, grain, 0.07).filter(ImageFilter.GaussianBlur(0.8)).rotate(90 * turn, expand=True)
    return Sample(sample.kind, page, sample.truth)


def vat_of_today() -> Sample:
    """电子发票（普通发票） without a code: buyer on the left, seller on the right."""
    prints = [
        (480, 70, 46, "电子发票（普通发票）"),
        (1090, 60, 26, "发票号码：26332000000041827365"),
        (1090, 100, 26, "开票日期：2026年11月03日"),
        *((40, 190 + 40 * at, 26, letter) for at, letter in enumerate("购买方信息")),
        *((790, 190 + 40 * at, 26, letter) for at, letter in enumerate("销售方信息")),
        (90, 200, 26, "名称：沈知远"),
        (90, 330, 24, "统一社会信用代码/纳税人识别号："),
        (840, 200, 26, "名称：云栖市晴川电子维修有限公司"),
        (840, 330, 24, "统一社会信用代码/纳税人识别号：91330106MA27XYL50H"),
        *(
            (x, 420, 24, t)
            for x, t in ((70, "项目名称"), (380, "规格型号"), (560, "单位"), (680, "数量"), (820, "单价"))
        ),
        *((x, 420, 24, t) for x, t in ((1020, "金额"), (1180, "税率/征收率"), (1400, "税额"))),
        (50, 470, 24, "*劳务*手机屏幕更换"),
        *((x, 470, 24, t) for x, t in ((570, "次"), (700, "1"), (800, "575.22"), (1000, "575.22"), (1220, "13%"))),
        (1390, 470, 24, "74.78"),
        (120, 640, 26, "合        计"),
        (980, 640, 26, "¥575.22"),
        (1370, 640, 26, "¥74.78"),
        (70, 710, 26, "价税合计（大写）"),
        (420, 710, 28, "ⓧ 陆佰伍拾圆整"),
        (1040, 710, 26, "（小写）"),
        (1170, 710, 28, "¥650.00"),
        (80, 800, 24, "备注"),
        (90, 900, 24, "开票人：周宁"),
    ]
    rules = [(30, y, 1540, y) for y in (150, 390, 610, 680, 750, 860)] + [(30, 150, 30, 860), (1540, 150, 1540, 860)]
    return Sample(
        "vat_invoice",
        draw((1580, 950), prints, rules, "发票监制章", (790, 120)),
        {
            "invoice_number": "26332000000041827365",
            "issue_date": "2026-11-03",
            "buyer_name": "沈知远",
            "seller_name": "云栖市晴川电子维修有限公司",
            "seller_tax_id": "91330106MA27XYL50H",
            "amount": "575.22",
            "tax": "74.78",
            "total": "650.00",
        },
    )


def vat_with_code() -> Sample:
    """增值税电子普通发票 with a code: buyer above, seller below."""
    prints = [
        (480, 60, 44, "云州增值税电子普通发票"),
        (60, 130, 22, "机器编号：661820455193"),
        (1080, 50, 24, "发票代码：033002100311"),
        (1080, 85, 24, "发票号码：40718263"),
        (1080, 120, 24, "开票日期：2025 年 09 月 16 日"),
        (1080, 155, 24, "校 验 码：63105 27418 90263 11874"),
        *((45, 215 + 36 * at, 24, letter) for at, letter in enumerate("购买方")),
        (90, 205, 24, "名        称：青梧市远山商贸有限公司"),
        (90, 240, 24, "纳税人识别号：91440300MA5EQX8A1T"),
        (90, 275, 24, "地 址、电 话：青梧市河西区样本路 8 号 0571-80001234"),
        (90, 310, 24, "开户行及账号：样本银行河西支行 3301040160001234567"),
        *(
            (x, 360, 22, t)
            for x, t in ((60, "货物或应税劳务、服务名称"), (430, "规格型号"), (580, "单位"), (690, "数量"))
        ),
        *((x, 360, 22, t) for x, t in ((820, "单价"), (1010, "金额"), (1190, "税率"), (1360, "税额"))),
        (55, 405, 22, "*住宿服务*房费"),
        *((x, 405, 22, t) for x, t in ((590, "天"), (705, "3"), (790, "264.15"), (990, "792.45"), (1195, "6%"))),
        (1350, 405, 22, "47.55"),
        (200, 560, 24, "合        计"),
        (970, 560, 24, "￥792.45"),
        (1340, 560, 24, "￥47.55"),
        (80, 620, 24, "价税合计(大写)"),
        (420, 620, 26, "⊗ 捌佰肆拾圆整"),
        (1060, 620, 24, "(小写)"),
        (1180, 620, 26, "￥840.00"),
        *((45, 675 + 36 * at, 24, letter) for at, letter in enumerate("销售方")),
        (90, 670, 24, "名        称：白鹭湾酒店管理有限公司"),
        (90, 705, 24, "纳税人识别号：91350200MA32KQ5B20"),
        (90, 740, 24, "地 址、电 话：白鹭湾市环岛路 66 号"),
        (90, 775, 24, "开户行及账号：样本银行环岛支行 6001"),
        (60, 840, 22, "收款人：陈一鸣"),
        (420, 840, 22, "复核：温岚"),
        (760, 840, 22, "开票人：宋宁"),
        (1120, 840, 22, "销售方：（章）"),
    ]
    rules = [(30, y, 1500, y) for y in (180, 335, 530, 590, 650, 810)]
    return Sample(
        "vat_invoice",
        draw((1540, 890), prints, rules, "发票专用章", (1260, 750)),
        {
            "invoice_code": "033002100311",
            "invoice_number": "40718263",
            "issue_date": "2025-09-16",
            "buyer_name": "青梧市远山商贸有限公司",
            "buyer_tax_id": "91440300MA5EQX8A1T",
            "seller_name": "白鹭湾酒店管理有限公司",
            "seller_tax_id": "91350200MA32KQ5B20",
            "amount": "792.45",
            "tax": "47.55",
            "total": "840.00",
        },
    )


def medical() -> Sample:
    """医疗门诊收费票据（电子）of a finance bureau, its other information in a block of running cells."""
    prints = [
        (430, 60, 44, "云州医疗门诊收费票据（电子）"),
        (60, 130, 24, "票据代码：33060125"),
        (1000, 130, 24, "票据号码：0416820957"),
        (60, 170, 24, "交款人统一社会信用代码："),
        (1000, 170, 24, "校验码：9c41e7"),
        (60, 210, 24, "交款人：周予安"),
        (1000, 210, 24, "开票日期：2026-10-08"),
        *((x, 265, 22, t) for x, t in ((80, "项目名称"), (360, "数量/单位"), (560, "金额（元）"), (720, "备注"))),
        *((x, 265, 22, t) for x, t in ((800, "项目名称"), (1080, "数量/单位"), (1280, "金额（元）"))),
        (80, 310, 22, "西药费"),
        (370, 310, 22, "1/项"),
        (580, 310, 22, "214.60"),
        (800, 310, 22, "检查费"),
        (1090, 310, 22, "1/项"),
        (1290, 310, 22, "380.00"),
        (80, 350, 22, "诊察费"),
        (370, 350, 22, "1/次"),
        (580, 350, 22, "25.00"),
        (800, 350, 22, "化验费"),
        (1090, 350, 22, "1/项"),
        (1290, 350, 22, "96.40"),
        (60, 560, 24, "金额合计（大写）柒佰壹拾陆元整"),
        (1000, 560, 24, "（小写）716.00"),
        (60, 620, 22, "业务流水号：20261008114702"),
        (520, 620, 22, "门诊号：0038821"),
        (900, 620, 22, "就诊日期：20261008"),
        (60, 660, 22, "医疗机构类型：综合医院"),
        (520, 660, 22, "医保类型：职工医保"),
        (900, 660, 22, "医保编号：V3301"),
        (1240, 660, 22, "性别：男"),
        (60, 700, 22, "医保统筹基金支付：402.30"),
        (520, 700, 22, "其他支付：0.00"),
        (900, 700, 22, "个人账户支付：113.70"),
        (60, 740, 22, "个人现金支付：200.00"),
        (520, 740, 22, "个人自付：271.70"),
        (900, 740, 22, "个人自费：42.00"),
        (60, 830, 24, "收款单位（章）：云州市第一人民医院"),
        (760, 830, 24, "复核人：李安"),
        (1100, 830, 24, "收款人：王静"),
    ]
    rules = [(40, y, 1480, y) for y in (240, 290, 530, 590, 770)]
    return Sample(
        "medical_invoice",
        draw((1520, 900), prints, rules, "财政票据监制章", (760, 130)),
        {
            "invoice_code": "33060125",
            "invoice_number": "0416820957",
            "issue_date": "2026-10-08",
            "patient_name": "周予安",
            "hospital": "云州市第一人民医院",
            "total": "716.00",
            "social_paid": "402.30",
            "self_paid": "42.00",
            "account_paid": "113.70",
            "cash_paid": "200.00",
        },
    )


def summary() -> Sample:
    prints = [
        (380, 70, 40, "临江市中心医院"),
        (440, 130, 36, "出 院 小 结"),
        (80, 210, 26, "姓名：沈宁"),
        (360, 210, 26, "性别：女"),
        (560, 210, 26, "年龄：46岁"),
        (780, 210, 26, "住院号：0072816"),
        (80, 260, 26, "科室：骨科"),
        (360, 260, 26, "床号：12"),
        (560, 260, 26, "住院天数：9天"),
        (80, 310, 26, "入院日期：2026年10月02日"),
        (600, 310, 26, "出院日期：2026年10月11日"),
        (80, 370, 26, "入院诊断：右侧桡骨远端骨折"),
        (80, 420, 26, "出院诊断：1.右侧桡骨远端骨折"),
        (206, 462, 26, "2.高血压病2级"),
        (80, 520, 26, "诊疗经过：入院后完善相关检查，排除手术禁忌，于10月4日行切开复位"),
        (80, 562, 26, "内固定术，手术顺利，术后予抗感染、消肿治疗，切口愈合良好。"),
        (80, 620, 26, "出院情况：一般情况可，切口愈合良好。"),
        (80, 670, 26, "出院医嘱：1.休息一个月，患肢制动；2.两周后门诊复查。"),
        (640, 780, 26, "医师签名：顾明远"),
        (640, 830, 26, "日期：2026年10月11日"),
    ]
    return Sample(
        "hospital_summary",
        draw((1080, 920), prints, [(60, 180, 1020, 180), (60, 340, 1020, 340)]),
        {
            "hospital": "临江市中心医院",
            "patient_name": "沈宁",
            "admitted_on": "2026-10-02",
            "discharged_on": "2026-10-11",
            "diagnosis": "1.右侧桡骨远端骨折；2.高血压病2级",
            "department": "骨科",
        },
    )


def bank_card() -> Sample:
    prints = [
        (70, 90, 54, "中国农业银行"),
        (70, 140, 26, "AGRICULTURAL BANK OF CHINA"),
        (760, 90, 34, "借记卡"),
        (80, 360, 62, "6228 4801 2345 6789 014"),
        (420, 440, 24, "月/年"),
        (420, 470, 22, "MONTH/YEAR"),
        (560, 455, 36, "08/31"),
        (820, 540, 40, "银联 UnionPay"),
    ]
    return Sample(
        "bank_card",
        draw((1120, 640), prints),
        {"number": "6228480123456789014", "bank": "中国农业银行", "valid_until": "2031-08"},
    )


def accident() -> Sample:
    prints = [
        (300, 70, 40, "道路交通事故认定书"),
        (260, 120, 26, "（简易程序）"),
        (620, 120, 26, "第3301082026118号"),
        (70, 190, 26, "事故时间：2026年11月05日 17时40分"),
        (690, 190, 26, "天气：晴"),
        (70, 240, 26, "事故地点：云州市河东区样本大道与青石路交叉口"),
        (70, 300, 26, "当事人：林知夏"),
        (360, 300, 26, "驾驶证号：330108199001010021"),
        (70, 340, 26, "车牌号：浙A7K62D"),
        (70, 390, 26, "当事人：白立群"),
        (360, 390, 26, "驾驶证号：330108198502020038"),
        (70, 430, 26, "车牌号：浙AD53187"),
        (70, 500, 26, "交通事故事实及责任：林知夏驾驶浙A7K62D号小型轿车变更车道时与"),
        (70, 540, 26, "白立群驾驶的车辆发生碰撞，造成两车损坏。"),
        (70, 590, 26, "林知夏负全部责任，白立群无责任。"),
        (560, 700, 26, "云州市公安局交通警察支队河东大队"),
        (620, 750, 26, "2026年11月06日"),
    ]
    return Sample(
        "accident_certificate",
        draw((1080, 820), prints, (), "事故处理专用章", (760, 720)),
        {
            "issued_on": "2026-11-06",
            "place": "云州市河东区样本大道与青石路交叉口",
            "parties": "林知夏、白立群",
            "plates": "浙A7K62D、浙AD53187",
            "fault": "林知夏全部责任；白立群无责任",
            "authority": "云州市公安局交通警察支队河东大队",
        },
    )


def repair() -> Sample:
    prints = [
        (330, 60, 38, "云州市安途汽车维修有限公司"),
        (420, 110, 32, "车辆维修结算单"),
        (70, 180, 26, "托修方：林知夏"),
        (420, 180, 26, "车牌号：浙A7K62D"),
        (760, 180, 26, "车型：样本牌轿车"),
        (70, 225, 26, "进厂日期：2026-11-07"),
        (420, 225, 26, "结算日期：2026-11-10"),
        (760, 225, 26, "里程：38210"),
        *(
            (x, 290, 26, t)
            for x, t in ((90, "维修项目"), (480, "数量"), (640, "工时费"), (820, "材料费"), (980, "金额"))
        ),
        *(
            (x, 335, 26, t)
            for x, t in ((90, "前保险杠更换"), (490, "1"), (640, "200.00"), (820, "860.00"), (970, "1060.00"))
        ),
        *(
            (x, 380, 26, t)
            for x, t in ((90, "左前叶子板钣金"), (490, "1"), (640, "350.00"), (820, "0.00"), (980, "350.00"))
        ),
        *(
            (x, 425, 26, t)
            for x, t in ((90, "左前叶子板喷漆"), (490, "1"), (640, "400.00"), (820, "120.00"), (980, "520.00"))
        ),
        (90, 500, 26, "合计（大写）：壹仟玖佰叁拾元整"),
        (760, 500, 26, "（小写）：1930.00"),
        (90, 570, 26, "服务顾问：叶衡"),
        (600, 570, 26, "客户签名："),
    ]
    return Sample(
        "repair_bill",
        draw((1140, 640), prints, [(60, y, 1090, y) for y in (260, 312, 465, 535)]),
        {
            "shop": "云州市安途汽车维修有限公司",
            "plate": "浙A7K62D",
            "date": "2026-11-10",
            "total": "1930.00",
        },
    )


def shop_slip() -> Sample:
    prints = [
        (150, 50, 38, "家家福便利店"),
        (60, 110, 24, "地址：云州市河东区青石路18号"),
        (60, 150, 24, "电话：0571-88001234"),
        (60, 190, 24, "日期：2026-11-12 18:22:07"),
        (60, 230, 24, "收银员：003   小票号：001827"),
        (60, 280, 24, "商品"),
        (300, 280, 24, "数量"),
        (440, 280, 24, "金额"),
        (60, 320, 24, "创可贴"),
        (310, 320, 24, "2"),
        (440, 320, 24, "17.80"),
        (60, 360, 24, "医用纱布"),
        (310, 360, 24, "1"),
        (440, 360, 24, "12.50"),
        (60, 410, 24, "小计"),
        (440, 410, 24, "30.30"),
        (60, 450, 24, "优惠"),
        (440, 450, 24, "-1.30"),
        (60, 490, 26, "应收"),
        (440, 490, 26, "29.00"),
        (60, 530, 24, "现金"),
        (440, 530, 24, "50.00"),
        (60, 570, 24, "找零"),
        (440, 570, 24, "21.00"),
        (130, 630, 24, "谢谢惠顾 欢迎再次光临"),
    ]
    return Sample(
        "receipt",
        draw((560, 690), prints),
        {"company": "家家福便利店", "date": "2026-11-12", "address": "云州市河东区青石路18号", "total": "29.00"},
    )


def till_slip() -> Sample:
    prints = [
        (120, 50, 34, "HARBOUR LIGHT"),
        (110, 90, 30, "TRADING SDN BHD"),
        (150, 130, 22, "(1188223-K)"),
        (60, 165, 22, "NO. 7, JALAN MERANTI 3/2,"),
        (60, 195, 22, "TAMAN SERI BAYU, 81100 JOHOR BAHRU"),
        (60, 225, 22, "TEL: 07-3551234"),
        (60, 255, 22, "GST ID: 001234567890"),
        (60, 300, 22, "INVOICE NO: HL-20093"),
        (60, 330, 22, "DATE: 21/06/2018  14:05"),
        (60, 375, 22, "PLASTER 10S"),
        (430, 375, 22, "6.40"),
        (60, 405, 22, "GAUZE 5CM"),
        (430, 405, 22, "3.28"),
        (60, 450, 22, "SUBTOTAL"),
        (430, 450, 22, "9.68"),
        (60, 480, 22, "GST 6%"),
        (430, 480, 22, "0.58"),
        (60, 510, 22, "ROUNDING ADJ"),
        (430, 510, 22, "-0.01"),
        (60, 545, 26, "TOTAL (RM)"),
        (420, 545, 26, "10.25"),
        (60, 580, 22, "CASH"),
        (420, 580, 22, "20.25"),
        (60, 610, 22, "CHANGE"),
        (420, 610, 22, "10.00"),
        (110, 660, 22, "THANK YOU. COME AGAIN"),
    ]
    return Sample(
        "receipt",
        draw((540, 710), prints),
        {
            "company": "HARBOUR LIGHT TRADING SDN BHD",
            "date": "21/06/2018",
            "address": "NO. 7, JALAN MERANTI 3/2, TAMAN SERI BAYU, 81100 JOHOR BAHRU",
            "total": "10.25",
        },
    )


SAMPLES: tuple[Callable[[], Sample], ...] = (
    vat_of_today,
    vat_with_code,
    medical,
    summary,
    bank_card,
    accident,
    repair,
    shop_slip,
    till_slip,
)

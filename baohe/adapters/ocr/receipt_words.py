"""By what words a till slip's company and address are known, Chinese or English (as in Malaysia). Data, no code.

Patterns are sought in upper case.
"""

from __future__ import annotations

import re

LEGAL = re.compile(r"\bSDN\b|\bS[0O]N\.? BHD|\bBHD\b|\b[S5]/B\b|\bCO\.|\bLTD\b|\bPLT\b|\bINC\b|ENTERPRISE|公司")
"""What makes a name a firm's; a name with one of these wins over a shop's."""
SHOP = re.compile(
    r"TRADING|RESTORAN|RESTAURANT|COMPANY|\bMART\b|MARKET|PHARMACY|FARMASI|HARDWARE|STATIONER|\bSHOP\b|\bSTORE\b"
    r"|\bCAFE\b|KOPITIAM|KEDAI|PERNIAGAAN|SYARIKAT|PASARAYA|BAKER|HOLDING|ELECTRICAL|MARKETING|BOOK|HOUSE"
    r"|CENT(?:RE|ER)|FURNITURE"
    r"|PIZZA|COFFEE|HOTEL|CLINIC|KLINIK|WORKSHOP|GIFT|\bCARRY\b|TAILOR|PETRO|STATION|SUPER|BISTRO|FOOD|BOUTIQUE|SALON"
    r"|超市|商场|商店|便利|餐厅|饭店|酒店|药房|药店|门店|商行|专卖|旗舰|菜馆|面馆|食堂|[店行馆厅]$"
)
NOT_COMPANY = re.compile(
    r"INVOICE|RECEIPT|\bBILL\b|\bTEL\b|\bDATE\b|WELCOME|JALAN|\bJLN\b|LOT |^NO\b|THANK|CASH SALE|TAMAN|DUPLICATE|COPY"
    r"|GOODS|REPRINT|CUSTOMER|TABLE|\bGST\b|COMPANY NO|\bREG\b|欢迎|小票|收据|凭证|单号|电话|地址|收银|日期"
    r"|时间|结账|^\W*$"
)
CONTINUES = re.compile(
    r"^\W*(?:\(?(?:M|MALAYSIA|KL)\)?\W*)?(?:(?:SDN|BHD|ENTERPRISE|TRADING|ELECTRICAL|HARDWARE|COMPANY|STATIONERY)\b|CO\.)"
    r"|^(?:RESTAURANT|BAKERY|HOLDINGS?|SERVICES?)\W*(?:\(M\)\W*)?(?:SDN|BHD|$)|^&"
)
ENDS_OPEN = re.compile(r"(?:&|\bAND|,|\([A-Z]+)\s*$")
NUMBERED = re.compile(
    r"[\s,]*[(\[]?\s*(?:[A-Z]{0,3}\d{5,9}\s*-?\s?[A-Z]|\d{6,12}|\d{4,6}-?[A-Z])\s*[)\]]?(?:\s*\([A-Z0-9 ]+\))?[\s,.]*$"
    r"|[\s(]*\bCO(?:MPANY)?\b[. ]*(?:REG|R[EF]G|NO)\b.*$",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"\bNO\b|\bNO[.:]|\bLOT\b|JALAN|\bJLN\b|TAMAN|\bTMN\b|\bLEVEL\b|FLOOR|\bFLR\b|\bUNIT\b|SELANGOR"
    r"|KUALA LUMPUR|JOHOR"
    r"|SEKSYEN|SECTION|BANDAR|KAWASAN|\b\d{5}\b|LORONG|LEBUH|PERSIARAN|MALL|\bROAD\b|\bSTREET\b|AVENUE|PLAZA"
    r"|SHAH ALAM|PENANG"
    r"|KAMPUNG|BATU|CHERAS|MELAKA|PERAK|KEDAH|SARAWAK|SABAH|\bBLK\b|BLOCK|BUKIT|COMPLEX|DARUL|WILAYAH|PETALING"
    r"|\bPT ?\d"
    r"|地址|[省市区县镇][\u4e00-\u9fff\d]{2,}[路街道巷号]|[路街道巷]\d+号"
)
ENDS = re.compile(
    r"\bTE[L1I]\b|\bTEL[.:]|PHONE|\bFAX\b|\bGST\b|INVOICE|RECEIPT|\bDATE\b|CASHIER|EMAIL|E-MAIL|WWW|HTTP"
    r"|\bBILL\b|\bDOC\b|TABLE"
    r"|\bITEM\b|\bQTY\b|COUNTER|CUSTOMER|BUSINESS HOURS|\bH/?P\b|MEMBER|SERVED|\bPOS\b|SLIP|ORDER|WHATSAPP"
    r"|\bTIME\b|\bREG\b|CHECK"
    r"|\bINV\b|\bCHK\b|@|\d\.\d{2}\b|电话|日期|时间|单号|收银|小票|品名|商品|流水"
    r"|(?<!\d)\+?6?0\d{1,2}[- ]\d{3,4} ?\d{3,4}"
)
REGISTRATION = re.compile(
    r"^\W*(?:CO(?:MPANY)?\.?\s*)?(?:REG|R[EF]G|ROC|BR|BUSINESS|BRN|SSM)\b.*\d"
    r"|^\W*[A-Z]{0,3}\d{5,9}\s*-?\s*[A-Z0-9]{0,2}\W*$"
    r"|COMPANY\s*(?:NO|REG)|\bCO\.? ?(?:REG|NO)|^\(.*\d.*\)$|^BR ?NO"
)

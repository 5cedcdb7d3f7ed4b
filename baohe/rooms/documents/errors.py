"""How the documents room refuses."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class DocumentNotReady(BaoheError):
    code = "document_not_ready"
    status = 409
    zh = "电子保单正在生成"
    en = "The policy document is being prepared"
    next_zh = "通常几秒内就好，请稍后再打开"
    next_en = "It is usually ready within seconds; open it again in a moment"


class FileTooLarge(BaoheError):
    code = "file_too_large"
    status = 413
    zh = "文件超过 {limit_mb} MB"
    en = "The file is larger than {limit_mb} MB"
    next_zh = "请上传原始的电子保单文件"
    next_en = "Upload the original policy file"


class DocumentCannotBePrinted(BaoheError):
    code = "document_cannot_be_printed"
    status = 500
    zh = "电子保单排版失败"
    en = "The policy document could not be set"
    next_zh = "系统会自动重试，保障不受影响"
    next_en = "The system will try again by itself; the cover is not affected"


class TimeStampAway(BaoheError):
    """Facts: `reason`. The policy is in force; its paper is made when the authority answers."""

    code = "time_stamp_away"
    status = 503
    zh = "时间戳机构暂时没有应答，电子保单稍后生成"
    en = "The time-stamp authority does not answer; the policy document follows"
    next_zh = "保障不受影响，系统会自动重试"
    next_en = "The cover is not affected; the system tries again by itself"


class InsurerCertificateRefused(BaoheError):
    """Facts: `insurer`, `reason` (`expired`, `revoked`, …). The policy is in force; its paper waits."""

    code = "insurer_certificate_refused"
    status = 503
    zh = "{insurer}的签名证书不能用（{reason}），电子保单稍后生成"
    en = "The signing certificate of {insurer} does not hold ({reason}); the policy document follows"
    next_zh = "保障不受影响；请运营人员更换证书或吊销列表，系统会自动重试"
    next_en = "The cover is not affected; operations renew the certificate or the list, and the system tries again"


class TemplateUnknown(BaoheError):
    code = "template_unknown"
    status = 500
    zh = "没有这个文件模板：{template}"
    en = "There is no document template {template}"
    next_zh = "请联系运营人员核对模板和生效日期"
    next_en = "Ask operations to check the template and its first day"


class TemplateFieldUnknown(BaoheError):
    """A template reads a field that its own list of fields does not have."""

    code = "template_field_unknown"
    status = 500
    zh = "文件模板 {template} 用了没有声明的字段 {field}"
    en = "Document template {template} reads a field it does not declare: {field}"
    next_zh = "请先修正模板；在此之前不会收款出单"
    next_en = "Mend the template; until then nothing is sold with it"


class DataFieldMissing(BaoheError):
    code = "document_field_missing"
    status = 500
    zh = "文件模板 {template} 缺少字段 {field}"
    en = "Document template {template} was not given the field {field}"
    next_zh = "填过的内容都在；请联系客服，修好后可以继续"
    next_en = "What you entered is kept; please contact service, you can go on once it is mended"


class DataFieldUnknown(BaoheError):
    code = "document_field_unknown"
    status = 500
    zh = "文件模板 {template} 没有字段 {field}"
    en = "Document template {template} has no field {field}"
    next_zh = "填过的内容都在；请联系客服，修好后可以继续"
    next_en = "What you entered is kept; please contact service, you can go on once it is mended"

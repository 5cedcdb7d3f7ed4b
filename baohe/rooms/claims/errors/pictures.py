"""What is doubted about a picture as it arrives, and what the claimant does about it."""

from collections.abc import Mapping
from typing import ClassVar

from baohe.kernel.errors import BaoheError


class PictureDoubted(BaoheError):
    """Told while the paper is still in the sender's hand. `may_keep`: sent again with `anyway`, it is kept, and a
    person looks at it; without, nobody could read it."""

    status = 422
    next_zh = "{next_zh}"
    next_en = "{next_en}"
    do_zh: ClassVar[str] = "请重拍一张"
    do_en: ClassVar[str] = "Take it again"

    def __init__(self, *, may_keep: bool) -> None:
        zh = "，或者还是用这张，由理赔员看" if may_keep else "；填过的内容都还在"
        en = ", or use this one all the same and a handler looks at it" if may_keep else "; what you typed is kept"
        super().__init__(may_keep=may_keep, next_zh=self.do_zh + zh, next_en=self.do_en + en)


class PictureBlurred(PictureDoubted):
    code = "picture_blurred"
    zh = "照片有些模糊，字可能读不清"
    en = "The picture is blurred; the print may not be readable"
    do_zh = "请把手机拿稳，等对焦清楚再拍一张"
    do_en = "Hold the phone still, wait until it is in focus and take it again"


class PictureDark(PictureDoubted):
    code = "picture_dark"
    zh = "照片太暗，看不清"
    en = "The picture is too dark"
    do_zh = "请开灯或到亮处再拍一张"
    do_en = "Turn on a light or go where it is brighter and take it again"


class PictureOverexposed(PictureDoubted):
    code = "picture_overexposed"
    zh = "照片太亮，字被冲淡了"
    en = "The picture is too bright; the print is washed out"
    do_zh = "请关掉闪光灯，避开强光再拍一张"
    do_en = "Turn off the flash, avoid strong light and take it again"


class PictureGlare(PictureDoubted):
    code = "picture_glare"
    zh = "照片上有反光，可能盖住了字"
    en = "A reflection may cover some of the print"
    do_zh = "请换个角度避开反光再拍一张"
    do_en = "Change the angle so that nothing shines and take it again"


class PictureCropped(PictureDoubted):
    code = "picture_cropped"
    zh = "票据好像没有拍全，字到了照片边上"
    en = "The paper seems cut off; print runs over the edge"
    do_zh = "请离远一点，把四个角都拍进来"
    do_en = "Step back so that all four corners are in the picture"


class PictureTooSmall(PictureDoubted):
    code = "picture_too_small"
    zh = "照片太小，放大后看不清"
    en = "The picture is too small to read"
    do_zh = "请用相机直接拍，或发送原图"
    do_en = "Take it with the camera, or send the original"


class PictureWrongKind(PictureDoubted):
    code = "picture_wrong_kind"
    zh = "照片里没有看到印刷的文字，可能不是这份材料"
    en = "No print was found; this may not be the paper"
    do_zh = "请核对要交的材料，拍有字的一面"
    do_en = "Check which paper is asked for and photograph the printed side"


class PictureRepeated(PictureDoubted):
    code = "picture_repeated"
    zh = "这张照片好像已经传过了"
    en = "This picture seems to be here already"
    do_zh = "请核对已传的照片，选另一张"
    do_en = "Look at those already sent and choose another"


DOUBTS: Mapping[str, type[PictureDoubted]] = {
    error.code: error
    for error in (
        PictureBlurred,
        PictureDark,
        PictureOverexposed,
        PictureGlare,
        PictureCropped,
        PictureTooSmall,
        PictureWrongKind,
        PictureRepeated,
    )
}

"""What a handler is told of a place of a picture whose grain does not fit (`plumbing.picture_grain`). Pure.

It names what is seen and what else it may be; it says of nobody that they did anything.
"""

from __future__ import annotations

from collections.abc import Mapping

from baohe.kernel.decisions import Text

ODD = "picture_grain"
"""The doubt of a picture with such a place."""

TEXTS: Mapping[str, Text] = {
    "no_grain": Text(
        "这处字的底没有照片的颗粒，周围都有：可能是后来写上去的，也可能是贴纸或软件加的字。请对照原件",
        "The paper under this print lacks the grain that the photograph has all around it: it may have been written"
        " over, or a sticker or a program put it there. Compare it with the original",
    ),
    "same_grain": Text(
        "这两处连颗粒都一样，照相机拍不出来：其中一处可能是复制的。请对照原件",
        "These two places are alike down to the grain, which no camera does: one of them may be a copy. Compare it with"
        " the original",
    ),
}

"""The answers of the needs check in words, as the desk and the papers name them."""

PURPOSE_WORDS = {
    "family": "身故后家人有钱用",
    "illness": "生大病有钱治",
    "pension": "养老",
    "heirs": "留给家人",
    "soon": "几年内要用",
}
EXISTING_WORDS = {"none": "没有", "some": "有一点", "enough": "已经够了"}

"""How the room may refuse."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class ColumnsMissing(BaoheError):
    code = "fraud_columns_missing"
    status = 422
    zh = "表里缺少这些列：{columns}"
    en = "These columns are missing: {columns}"
    next_zh = "第一行要有列名，写法与训练数据相同（例如 VehiclePrice）"
    next_en = "The first line must name the columns as in the training data (for example VehiclePrice)"


class TableUnreadable(BaoheError):
    code = "fraud_table_unreadable"
    status = 422
    zh = "表读不了：{reason_zh}"
    en = "The table cannot be read: {reason_en}"
    next_zh = "请给 UTF-8 的 CSV，第一行是列名"
    next_en = "Give a CSV in UTF-8 whose first line names the columns"


class ModelMissing(BaoheError):
    code = "fraud_model_missing"
    status = 404
    zh = "还没有训练好的模型：{path}"
    en = "There is no trained model: {path}"
    next_zh = "先运行 baohe claims fraud train 数据.csv"
    next_en = "Run baohe claims fraud train DATA.csv first"


class ModelUnreadable(BaoheError):
    code = "fraud_model_unreadable"
    status = 422
    zh = "模型文件不能用：{reason_zh}"
    en = "The model file cannot be used: {reason_en}"
    next_zh = "用这一版程序重新训练"
    next_en = "Train again with this version of the program"

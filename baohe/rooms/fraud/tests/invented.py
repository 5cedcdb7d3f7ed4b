"""Invented vehicle claims of two years: fraud follows fault, base policy and a changed address, and nothing else."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from baohe.rooms.fraud.rules.vehicle import FEATURES

_WORDS = {
    "Make": ("Honda", "Mazda", "Toyota"),
    "AccidentArea": ("Urban", "Rural"),
    "Fault": ("Policy Holder", "Third Party"),
    "VehicleCategory": ("Sedan", "Sport"),
    "PoliceReportFiled": ("No", "Yes"),
    "WitnessPresent": ("No", "Yes"),
    "AgentType": ("External", "Internal"),
    "BasePolicy": ("All Perils", "Collision", "Liability"),
}
OTHERS = ("Month", "Sex", "MaritalStatus", "Age", "AgeOfPolicyHolder", "PolicyNumber", "RepNumber")


def rows(count: int, seed: int = 1, years: Sequence[int] = (1994, 1995)) -> list[dict[str, str]]:
    chance = random.Random(seed)
    made = []
    for number in range(count):
        row = {f.name: chance.choice(f.levels or _WORDS[f.name]) for f in FEATURES}
        row |= {
            "Month": chance.choice(("Jan", "Jul")),
            "Sex": chance.choice(("Male", "Female")),
            "MaritalStatus": chance.choice(("Single", "Married")),
            "Age": str(chance.randint(18, 80)),
            "AgeOfPolicyHolder": "31 to 35",
            "PolicyNumber": str(number + 1),
            "RepNumber": str(chance.randint(1, 16)),
            "Year": str(years[number * len(years) // count]),
        }
        risk = 0.02
        if row["Fault"] == "Policy Holder" and row["BasePolicy"] != "Liability":
            risk = 0.6 if row["AddressChange_Claim"] == "under 6 months" else 0.2
        row["FraudFound_P"] = str(int(chance.random() < risk))
        made.append(row)
    return made


def write(path: Path, table: Sequence[Mapping[str, str]], without: Sequence[str] = ()) -> Path:
    names = [name for name in table[0] if name not in without]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(table)
    return path

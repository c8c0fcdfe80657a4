"""Suggested slates: how long each objective takes, and whether it is proven."""

from __future__ import annotations

import json
import random
import subprocess
import time
from pathlib import Path

PROPOSALS, AREAS, REGIONS = 200, 5, 6
DOLLAR = 100


def problem(seed: int, milliseconds: int) -> dict[str, object]:
    """Proposals of 0.8 to 4 million dollars in steps of a thousand for 50 million, more of them in some areas than in others, one in five for several
    regions; floors and ceilings of every area and region, a quality threshold, and one proposal pinned each way."""
    numbers = random.Random(seed)
    candidates = []
    for index in range(PROPOSALS):
        amount = numbers.randint(800, 4_000) * 1_000 * DOLLAR
        area = numbers.choices(range(AREAS), weights=[3, 4, 2, 6, 5])[0]
        regions = numbers.sample(range(REGIONS), numbers.choices([1, 2, 3], weights=[8, 1, 1])[0])
        parts = [amount // len(regions) + (1 if place < amount % len(regions) else 0) for place in range(len(regions))]
        candidates.append({
            "id": f"P{index:03}", "amount": amount, "score": numbers.randint(4_500, 9_500), "areas": [{"cell": area, "amount": amount}],
            "regions": [{"cell": cell, "amount": part} for cell, part in zip(regions, parts)],
        })
    good = [str(candidate["id"]) for candidate in candidates if int(str(candidate["score"])) >= 6_000]
    before = {"areas": [3_700, 2_200, 2_800, 3_500, 6_300], "regions": [4_000, 3_000, 4_500, 2_500, 4_000, 500]}
    limits = {"areas": (1_200, 3_000), "regions": (1_000, 2_500)}
    return {
        "candidates": candidates, "available": 50_000_000 * DOLLAR, "threshold": 6_000, "pinnedIn": good[:1], "pinnedOut": good[1:2],
        "deviationSteps": 1_000, "between": 5, "milliseconds": milliseconds,
    } | {
        name: [
            {"before": thousands * 1_000 * DOLLAR, "floor": {"share": {"_0": limits[name][0]}}, "ceiling": {"share": {"_0": limits[name][1]}}}
            for thousands in amounts
        ]
        for name, amounts in before.items()
    }


def name(objective: dict[str, object]) -> str:
    if "mostEven" in objective:
        return f"most even {dict(objective['mostEven'])['_0']}"  # type: ignore[call-overload]
    return "highest mean score" if "highestMean" in objective else "between"


def fraction(value: dict[str, int]) -> float:
    return value["numerator"] / value["denominator"]


def measure(binary: Path, seeds: list[int]) -> list[str]:
    lines = [f"{'':26}{'seed':>5}{'seconds':>9}{'proven':>8}{'unbeaten':>10}{'chosen':>8}{'areas off even':>16}{'regions':>9}{'mean score':>12}"]
    for seed in seeds:
        began = time.monotonic()
        output = subprocess.run(
            [binary, "solve-slates", "--processor-seconds", "600"], input=json.dumps(problem(seed, 10_000)), capture_output=True, text=True, check=True
        ).stdout
        took = time.monotonic() - began
        for slate in json.loads(output)["slates"]:
            figures = slate["figures"]
            lines.append(
                f"{name(slate['objective']):26}{seed:5}{slate['milliseconds'] / 1000:9.2f}{'yes' if slate['isProven'] else 'no':>8}"
                f"{'yes' if slate['isUnbeaten'] else 'no':>10}{len(slate['chosen']):8}{fraction(figures['deviationOfAreas']):16.2%}"
                f"{fraction(figures['deviationOfRegions']):9.2%}{fraction(figures['meanScore']) / 100:12.2f}"
            )
        lines.append(f"{'all, with the process':26}{seed:5}{took:9.2f}")
    return lines

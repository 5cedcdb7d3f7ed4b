"""Storms within circles, against looking at every minute: `scripts/check_circles.py TRACKS.csv [CIRCLES]`.

Columns as `baohe parametric price --typhoon` reads them. Every storm is resampled to whole minutes along great circles
and measured with the haversine formula, written here a second time; then the strongest wind within each circle is
compared. Exit 1 when any storm in any circle disagrees.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")

import django  # noqa: E402 - after the path

django.setup()

from baohe.rooms.parametric.histories import storms  # noqa: E402 - a script stands outside the doors
from baohe.rooms.parametric.rules.circles import EARTH_KM, LONGEST_GAP_MINUTES, Track, strongest  # noqa: E402

SEED = 20_261_122
RADII = (30, 50, 100, 200, 300)


def by_minutes(path: Track) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Latitude and longitude in radians, and wind, at every fix and every minute between."""
    lat, lon, wind = [], [], []
    for n in range(len(path.minutes)):
        gap = int(path.minutes[n + 1] - path.minutes[n]) if n + 1 < len(path.minutes) else 1
        steps = np.arange(gap if gap <= LONGEST_GAP_MINUTES else 1) / gap
        a, b = np.radians(path.lat[n : n + 2]), np.radians(path.lon[n : n + 2])
        if len(a) == 1 or len(steps) == 1:
            lat.append(a[:1]), lon.append(b[:1]), wind.append(path.wind[n : n + 1])
            continue
        half = np.sin((a[1] - a[0]) / 2) ** 2 + np.cos(a[0]) * np.cos(a[1]) * np.sin((b[1] - b[0]) / 2) ** 2
        turn = 2 * np.arcsin(np.sqrt(half))
        first, last = (1 - steps, steps) if turn == 0 else (np.sin((1 - steps) * turn), np.sin(steps * turn))
        x = first * np.cos(a[0]) * np.cos(b[0]) + last * np.cos(a[1]) * np.cos(b[1])
        y = first * np.cos(a[0]) * np.sin(b[0]) + last * np.cos(a[1]) * np.sin(b[1])
        z = first * np.sin(a[0]) + last * np.sin(a[1])
        lat.append(np.arctan2(z, np.hypot(x, y))), lon.append(np.arctan2(y, x))
        wind.append(path.wind[n] + (path.wind[n + 1] - path.wind[n]) * steps)
    return np.concatenate(lat), np.concatenate(lon), np.concatenate(wind)


def main(tracks: Path, circles: int) -> int:
    paths = [path for season in storms(tracks).values() for path in season]
    minutes = [by_minutes(path) for path in paths]
    chance = np.random.default_rng(SEED)
    compared = disagreed = inside = 0
    for number in range(circles):
        lat, lon, radius = chance.uniform(5, 45), chance.uniform(100, 179.9), float(RADII[number % len(RADII)])
        a, b = np.radians(lat), np.radians(lon)
        for path, (y, x, wind) in zip(paths, minutes, strict=True):
            half = np.sin((y - a) / 2) ** 2 + np.cos(a) * np.cos(y) * np.sin((x - b) / 2) ** 2
            near = 2 * EARTH_KM * np.arcsin(np.sqrt(half)) <= radius
            plain = float(wind[near].max()) if near.any() else None
            mine = strongest(path, lat, lon, radius)
            compared, inside = compared + 1, inside + (plain is not None)
            if (plain is None) != (mine is None) or (plain is not None and abs(plain - (mine or 0)) > 1e-9):
                disagreed += 1
                print(f"{lat:.4f},{lon:.4f} r={radius}: {mine} instead of {plain}")
    sizes = f"{len(paths)} storms × {circles} circles, {sum(len(w) for _, _, w in minutes):,} minutes"
    print(f"{sizes}: {compared} compared, {inside} inside, {disagreed} disagreements")
    return 1 if disagreed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100))

#!/usr/bin/env python3
"""Makes the map's data, world.csv and disputed.csv, out of a Natural Earth GeoPackage.

    python3 Scripts/world-map.py world_map.gpkg Sources/HTML/Resources
    python3 Scripts/world-map.py world_map.gpkg /tmp/finer --tolerance 0.3 --least-area 0.6

The GeoPackage is resources/data/world_map.gpkg of Debian's package qgis-common, with the tables `countries` (columns ISO_A3, NAME and geom) and
`disputed_borders` (column geom), in longitudes and latitudes. Only the standard library is needed. What the files hold: Resources/README.md.
"""

import argparse
import csv
import math
import pathlib
import sqlite3
import struct

CANVAS_WIDTH = 1000
SMALL_AREA = 6  # px²: a country of less is drawn as a dot
OMITTED = {"Antarctica"}
# Natural Earth gives these no code (or -99).
CODES_BY_NAME = {"Kosovo": "XKX"}
# The United Nations draw the northern line of Western Sahara here; Natural Earth draws the line held in fact.
WESTERN_SAHARA_NORTH = 27 + 40 / 60


class EqualEarth:
    """Longitude and latitude to the canvas (Šavrič, Patterson and Jenny, 2018, equations 7 to 9)."""

    COEFFICIENTS = ((1.340264, 1), (-0.081106, 3), (0.000893, 7), (0.003796, 9))

    def __init__(self, width):
        east, _ = self._plane(180, 0)
        _, north = self._plane(0, 90)
        self._east, self._north = east, north
        self._scale = width / (2 * east)
        self.height = 2 * north * self._scale

    def project(self, position):
        x, y = self._plane(*position)
        return (x + self._east) * self._scale, (self._north - y) * self._scale

    def _plane(self, longitude, latitude):
        theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
        y = sum(a * theta**n for a, n in self.COEFFICIENTS)
        slope = sum(a * n * theta ** (n - 1) for a, n in self.COEFFICIENTS)
        x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
        return x, y


class GeometryReader:
    """Reads the geometries of a GeoPackage (OGC 12-128, clause 2.1.3): a header, then well-known binary.

    A polygon is read as its list of rings, a line as a list of one; collections are flattened.
    """

    LINE, POLYGON, COLLECTIONS = 2, 3, (4, 5, 6, 7)
    ENVELOPE_BYTES = (0, 32, 48, 48, 64)

    def __init__(self, blob):
        if blob[:2] != b"GP":
            raise ValueError("not a GeoPackage geometry")
        self._blob = blob
        self._offset = 8 + self.ENVELOPE_BYTES[(blob[3] >> 1) & 7]

    def parts(self):
        order = "<" if self._blob[self._offset] == 1 else ">"
        self._offset += 1
        kind = self._number(order) % 1000
        if kind == self.LINE:
            return [[self._positions(order)]]
        if kind == self.POLYGON:
            return [[self._positions(order) for _ in range(self._number(order))]]
        if kind in self.COLLECTIONS:
            return [part for _ in range(self._number(order)) for part in self.parts()]
        raise ValueError(f"geometry of kind {kind} is not expected")

    def _number(self, order):
        (value,) = struct.unpack_from(order + "I", self._blob, self._offset)
        self._offset += 4
        return value

    def _positions(self, order):
        count = self._number(order)
        values = struct.unpack_from(f"{order}{2 * count}d", self._blob, self._offset)
        self._offset += 16 * count
        return list(zip(values[::2], values[1::2]))


def ring_area(points):
    """The area within a ring, by the shoelace formula."""
    following = points[1:] + points[:1]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, following))) / 2


def simplified(points, tolerance):
    """The points without which the line would be off by more than the tolerance (Douglas and Peucker, 1973)."""
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        farthest = max(
            range(first + 1, last), key=lambda index: distance(points[index], points[first], points[last]), default=None
        )
        if farthest is not None and distance(points[farthest], points[first], points[last]) > tolerance:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [points[index] for index in sorted(kept)]


def distance(point, start, end):
    """From a point to the line through two others, or to the one if they are the same."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = math.hypot(x2 - x1, y2 - y1)
    if length == 0:
        return math.hypot(x - x1, y - y1)
    return abs((y2 - y1) * (x - x1) - (x2 - x1) * (y - y1)) / length


def cut(ring, latitude, keep_north):
    """The part of a ring on one side of a parallel (Sutherland and Hodgman, 1974), closed; empty if there is none."""

    def is_kept(position):
        return (position[1] >= latitude) == keep_north

    kept = []
    for here, there in zip(ring, ring[1:] + ring[:1]):
        if is_kept(here):
            kept.append(here)
        if is_kept(here) != is_kept(there):
            share = (latitude - here[1]) / (there[1] - here[1])
            kept.append((here[0] + share * (there[0] - here[0]), latitude))
    return kept + kept[:1]


def short(half_pixels):
    """A length in half pixels, as few characters in pixels as SVG takes: 3, -.5, 12.5."""
    text = f"{half_pixels / 2:g}"
    return text.replace("0.", ".", 1) if 0 < abs(half_pixels) < 2 else text


def steps(points):
    """Points on a grid of half pixels, those that fall together written once."""
    grid = [(round(2 * x), round(2 * y)) for x, y in points]
    return grid[:1] + [there for here, there in zip(grid, grid[1:]) if there != here]


def subpath(grid, is_closed):
    """One `M…l…` of SVG path data, relative after its first point."""
    (x, y), rest = grid[0], grid[1:]
    text = f"M{x / 2:g} {y / 2:g}l"
    if is_closed and rest[-1] == grid[0]:
        rest = rest[:-1]
    for index, (next_x, next_y) in enumerate(rest):
        across, down = short(next_x - x), short(next_y - y)
        text += ("" if index == 0 or across.startswith("-") else " ") + across
        text += ("" if down.startswith("-") else " ") + down
        x, y = next_x, next_y
    return text + ("z" if is_closed else "")


class Country:
    """A country's rings, without its lakes."""

    def __init__(self, code, name, rings):
        self.code, self.name, self.rings = code, name, rings

    def row(self, projection, tolerance, least_area):
        rings = [[projection.project(position) for position in ring] for ring in self.rings]
        largest = max(rings, key=ring_area)
        middle = [sum(axis) / len(largest) for axis in zip(*largest)]
        is_small = sum(map(ring_area, rings)) < SMALL_AREA
        outline = ""
        for ring in rings:
            grid = steps(simplified(ring, tolerance)) if ring_area(ring) >= least_area else []
            if len(grid) >= 4:
                outline += subpath(grid, is_closed=True)
        return [self.code, self.name, f"{middle[0]:.1f}", f"{middle[1]:.1f}", int(is_small), outline]


def read_countries(database):
    """The countries by name, Western Sahara apart from Morocco."""
    countries = []
    for code, name, blob in database.execute("SELECT ISO_A3, NAME, geom FROM countries ORDER BY NAME"):
        if name not in OMITTED:
            code = code if code and code != "-99" else CODES_BY_NAME.get(name, "")
            countries.append(Country(code, name, [part[0] for part in GeometryReader(blob).parts()]))
    by_code = {country.code: country for country in countries}
    morocco, western_sahara = by_code["MAR"], by_code["ESH"]
    western_sahara.rings += filter(None, [cut(ring, WESTERN_SAHARA_NORTH, False) for ring in morocco.rings])
    morocco.rings = list(filter(None, [cut(ring, WESTERN_SAHARA_NORTH, True) for ring in morocco.rings]))
    return countries


def read_disputed(database, projection, tolerance):
    """The disputed lines as path data, a row for each feature, each piece written once and none that is a mere point."""
    written = set()
    for (blob,) in database.execute("SELECT geom FROM disputed_borders"):
        data = ""
        for (line,) in GeometryReader(blob).parts():
            grid = steps(simplified([projection.project(position) for position in line], tolerance))
            piece = subpath(grid, is_closed=False) if len(grid) > 1 else ""
            if piece not in written:
                written.add(piece)
                data += piece
        if data:
            yield [data]


def write(file, header, rows):
    with open(file, "w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("geopackage", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path, help="where world.csv and disputed.csv go")
    parser.add_argument("--tolerance", type=float, default=0.6, help="by how many pixels a line may be off")
    parser.add_argument("--least-area", type=float, default=1.2, help="the square pixels under which a ring is left out")
    options = parser.parse_args()

    projection = EqualEarth(CANVAS_WIDTH)
    with sqlite3.connect(f"file:{options.geopackage}?mode=ro", uri=True) as database:
        countries = [country.row(projection, options.tolerance, options.least_area) for country in read_countries(database)]
        disputed = list(read_disputed(database, projection, options.tolerance))
    write(options.folder / "world.csv", ["iso3", "name", "x", "y", "small", "path"], countries)
    write(options.folder / "disputed.csv", ["path"], disputed)
    print(f"{len(countries)} countries, {len(disputed)} disputed lines, canvas {CANVAS_WIDTH} × {projection.height:.0f}")


if __name__ == "__main__":
    main()

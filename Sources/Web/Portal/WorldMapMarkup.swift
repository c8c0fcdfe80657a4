internal import HTML
internal import PooledFund
internal import Publications

extension PageContext {
    /// Where programmes are: operational filled, pipeline hatched, in the hue of the thematic area; with the United Nations' disclaimer.
    func map(operational: [ProgrammeOnRecord], pipeline: [ProgrammeOnRecord]) -> Markup {
        let filled = Dictionary(grouping: operational.flatMap { record in record.programme.countries.map { ($0, record) } }, by: \.0)
        let hatched = Dictionary(grouping: pipeline.flatMap { record in record.programme.countries.map { ($0, record) } }, by: \.0)
        let marks = Set(filled.keys).union(hatched.keys).sorted().map { iso3 in
            let name = record.country(iso3)?.name ?? iso3
            let (running, waiting) = (filled[iso3] ?? [], hatched[iso3] ?? [])
            return WorldMap.Mark(
                iso3: iso3, href: address(.country(iso3)),
                label: say(
                    "map.country", ["name": .text(name), "operational": .number(running.count), "pipeline": .number(waiting.count)]),
                fillClass: running.first.map { hueClass($0.1) }, hatchClass: running.isEmpty ? waiting.first.map { hueClass($0.1) } : nil)
        }
        let drawing = HTML.figure(.class("map-figure")) {
            WorldMap.markup(
                title: say("map.title"),
                description: say("map.description", ["operational": .number(filled.count), "pipeline": .number(hatched.count)]),
                marks: marks,
                disclaimerID: "map-disclaimer")
            legend(operational + pipeline)
            figcaption(.id("map-disclaimer")) { say("map.disclaimer") }
        }
        // Beside the figure: its caption has to be the last thing in it.
        return .fragment {
            drawing
            countryTable(marks.map(\.iso3), filled.mapValues(\.count), hatched.mapValues(\.count))
        }
    }

    /// What the map shows, as a table.
    private func countryTable(_ countries: [String], _ operational: [String: Int], _ pipeline: [String: Int]) -> Markup {
        details(.class("map-table")) {
            summary { say("map.as-table") }
            RecordTable(
                caption: say("map.title"),
                columns: [
                    .init(label: say("column.country"), isName: true), .init(label: say("column.operational"), isNumber: true),
                    .init(label: say("column.pipeline"), isNumber: true),
                ],
                rows: countries.map { ($0, record.country($0)?.name ?? $0) }.sorted { $0.1 < $1.1 }.map { iso3, name in
                    [
                        link(.country(iso3), name), .text(wording.integer(operational[iso3] ?? 0)),
                        .text(wording.integer(pipeline[iso3] ?? 0)),
                    ]
                }
            ).markup()
        }
    }

    private func hueClass(_ programme: ProgrammeOnRecord) -> String {
        programme.programme.thematicArea.map { "hue-\(areaHue($0))" } ?? "hue-unknown"
    }

    private func legend(_ programmes: [ProgrammeOnRecord]) -> Markup {
        let numbers = Set(programmes.compactMap(\.programme.thematicArea))
        return ul(.class("legend")) {
            // What the filling and the hatching mean.
            li {
                span(.class("swatch"))
                " \(say("column.operational"))"
            }
            li {
                span(.class("swatch swatch-hatched"))
                " \(say("column.pipeline"))"
            }
            terms.thematicAreas.filter { numbers.contains($0.number) }.map { area in
                li {
                    areaTag(area.number)
                    " \(area.shortName)"
                }
            }
        }
    }
}

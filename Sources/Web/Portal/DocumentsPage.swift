internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    func documentsPage() throws -> Page {
        let (rows, pages) = try paged(record.sources)
        return Page(
            title: say("documents.title"), lead: .text(say("documents.lead", ["count": .number(record.sources.count)])),
            content: try .fragment {
                RecordTable(
                    caption: say("documents.caption"),
                    columns: [
                        .init(label: say("column.document"), isName: true), .init(label: say("column.publisher")),
                        .init(label: say("column.published")),
                        .init(label: say("column.address")),
                    ],
                    rows: rows.map { source in
                        [
                            span(.id("source-\(source.id)")) {
                                source.title
                                if !source.note.isEmpty { span(.class("memo")) { source.note } }
                            },
                            .text(source.publisher), .text(source.publishedOn.map(wording.date) ?? say("documents.undated")),
                            sourceAddress(source),
                        ]
                    }
                ).markup()
                try pager(pages)
            })
    }

    private func sourceAddress(_ source: Source) -> Markup {
        guard source.address.hasPrefix("http"), let address = Address(source.address) else {
            return source.address.isEmpty ? span(.class("dim")) { say("documents.no-address") } : .text(source.address)
        }
        return a(.class("address"), .href(address), .rel("noreferrer")) { source.address }
    }

    func briefPage() throws -> Page {
        Page(
            title: say("brief-page.title"), lead: .text(say("brief-page.lead")),
            content: .fragment {
                p(.class("note")) { say("brief-page.formats", ["fund": .text(record.fund)]) }
                div(.class("brief")) {
                    Brief(record: record, say: say).content(
                        figure: { figure($0, as: $1) }, contribution: { contribution, _ in contributed(contribution) },
                        budget: { programme, text in link(.programme(programme.id), text) })
                }
            },
            heading: .text(say("brief-page.heading", ["fund": .text(terms.identity.knownAs)])))
    }

    func dataPage() throws -> Page {
        let places: [(Place, String, String)] = [
            (.figures, "figures", say("figures.title")), (.contributors, "contributors", say("contributors.title")),
            (.programmes, "programmes", say("programmes.title")), (.statements, "statements", say("statements.title")),
            (.balance, "balance", say("balance.title")), (.localEngagement, "local-engagement", say("local-engagement.title")),
            (.calls, "calls", say("calls.title")),
            (.decisions, "decisions", say("decisions.title")),
        ]
        let otherPlaces: [(Place, String)] = [
            (.thematicAreas, say("thematic-areas.title")), (.objectives, say("objectives.title")), (.countries, say("countries.title")),
            (.organizations, say("organizations.title")), (.documents, say("documents.title")),
        ]
        return Page(
            title: say("data.title"), lead: .text(say("data.lead")),
            content: .fragment {
                block(say("data.lists")) {
                    ul(.class("terms")) {
                        places.map { place, name, title in
                            li {
                                div(.class("item")) { link(place, title) }
                                div(.class("detail")) { dataLinks(place, name) }
                            }
                        }
                        otherPlaces.map { place, title in
                            li {
                                div(.class("item")) { link(place, title) }
                                div(.class("detail")) {
                                    fileLink(place, "csv"); " · "; fileLink(place, "json")
                                }
                            }
                        }
                        li {
                            div(.class("item")) { link(.ledger, say("ledger.title")) }
                            div(.class("detail")) {
                                dataLinks(.ledger, "ledger/entries")
                                " · "
                                a(.href(apiAddress("ledger/balances"))) { code { apiAddress("ledger/balances").text } }
                                " · "
                                a(.href(apiAddress("contributions"))) { code { apiAddress("contributions").text } }
                            }
                        }
                    }
                }
                block(say("data.conventions")) {
                    ul {
                        [
                            "data.convention.money", "data.convention.share", "data.convention.null", "data.convention.lists",
                            "data.convention.as-of",
                        ].map { key in li { say(SentenceKey(key)) } }
                        li {
                            say.markup(
                                "data.convention.described",
                                ["link": a(.href(Address(path: InterfaceDescription.path))) { code { InterfaceDescription.path } }])
                        }
                    }
                }
                block(say("data.chain"), id: "chain") {
                    p { say("data.chain.text") }
                    p(.class("chain")) { code { record.head.description } }
                    p { say("data.chain.verify") }
                    p { code { "pooledfund audit verify --expect \(record.head.description)" } }
                }
            },
            hasData: false)
    }

    private func apiAddress(_ name: String) -> Address {
        Address(segments: ["api", "v1", "funds", record.fund] + name.split(separator: "/").map(String.init), query: query.pairs)
    }

    private func dataLinks(_ place: Place, _ name: String) -> Markup {
        .fragment {
            fileLink(place, "csv")
            " · "
            a(.href(apiAddress(name))) { code { apiAddress(name).text } }
        }
    }

    /// A page's data as a file.
    private func fileLink(_ place: Place, _ ending: String) -> Markup {
        let path = ["funds", record.fund] + place.segments
        return a(.href(Address(segments: path.dropLast() + ["\(path.last ?? "").\(ending)"], query: query.pairs))) { ending.uppercased() }
    }
}

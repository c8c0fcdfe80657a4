internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// A table whose rows become readable blocks on a narrow screen.
struct RecordTable {
    struct Column {
        let label: String
        var isNumber = false
        /// Shown without its label on a narrow screen: the row's name.
        var isName = false
        /// Sorts by this parameter's value when its heading is followed.
        var sort: Address?
        var isSorted = false
    }

    let caption: String
    let columns: [Column]
    let rows: [[Markup]]
    var total: [Markup]?

    func markup() -> Markup {
        table(.class("records")) {
            HTML.caption { self.caption }
            thead {
                tr { columns.map(heading) }
            }
            tbody { rows.map { row($0) } }
            if let total {
                tfoot { row(total) }
            }
        }
    }

    private func heading(_ column: Column) -> Markup {
        let attributes: [Attribute] = [
            .scope(.col), .classes([column.isNumber ? "number" : nil]),
        ]
        return th(attributes + (column.isSorted ? [.aria(.sort, column.isNumber ? "descending" : "ascending")] : [])) {
            if let sort = column.sort, !column.isSorted {
                a(.href(sort)) { column.label }
            } else {
                column.label
            }
        }
    }

    private func row(_ cells: [Markup]) -> Markup {
        tr {
            zip(columns, cells).map { column, cell in
                column.isName
                    ? th(.scope(.row), .class("name")) { cell }
                    : td(.classes([column.isNumber ? "number" : nil, cell.isEmpty ? "empty" : nil]), .data("label", column.label)) { cell }
            }
        }
    }
}

extension PageContext {
    /// The numbered tag of a thematic area, linked to its page; `?` where the area is not on record.
    func areaTag(_ number: Int?) -> Markup {
        guard let number, let area = terms.thematicArea(number) else {
            return span(.class("area area-unknown"), .title(say("area.unknown"))) { "?" }
        }
        return a(
            .class("area area-\(areaHue(number))"), .href(address(.thematicArea(number))), .title(area.name),
            .aria(.label, say("area.tag", ["number": .number(number), "name": .text(area.shortName)]))
        ) {
            String(number)
        }
    }

    /// One of the five hues, by the area's place in the Terms; a fund with more areas uses them again, told apart by the number.
    func areaHue(_ number: Int) -> Int {
        ((terms.thematicAreas.firstIndex { $0.number == number } ?? 0) % 5) + 1
    }

    /// A mark for what no published source confirms.
    func unconfirmedMark(_ isUnconfirmed: Bool) -> Markup {
        isUnconfirmed
            ? Markup.fragment {
                " "; span(.class("unconfirmed"), .title(say("unconfirmed.title"))) { say("unconfirmed") }
            } : .empty
    }

    /// The source of a fact, linked to its row of the documents.
    func sourceLink(_ id: String) -> Markup {
        guard let source = record.source(id) else { return .text(id) }
        return a(.href(address(.documents, fragment: "source-\(id)"))) { source.title }
    }

    /// A block with a strong rule on top, a heading and what explains it.
    func block(
        _ heading: String, id: String? = nil, note: Markup = .empty, more: Markup = .empty, @MarkupBuilder content: () throws -> Markup
    ) rethrows -> Markup {
        try section([.class("block")] + (id.map { [.id($0)] } ?? [])) {
            h2 { heading }
            if !note.isEmpty { p(.class("note")) { note } }
            try content()
            if !more.isEmpty { p(.class("more")) { more } }
        }
    }

    /// Terms and what is said of them; a term without anything said is left out.
    func facts(_ pairs: [(String, Markup)]) -> Markup {
        dl(.class("facts")) {
            pairs.filter { !$0.1.isEmpty }.map { term, said in
                div {
                    dt { term }
                    dd { said }
                }
            }
        }
    }

    /// Links to the other pages of a list.
    func pager(_ pages: Int) throws(Failure) -> Markup {
        guard pages > 1 else { return .empty }
        let current = try query.pageNumber
        return nav(.class("pager"), .aria(.label, say("pager.label"))) {
            if current > 1 {
                a(.rel("prev"), .href(address(changing: [.page: current == 2 ? nil : String(current - 1)]))) { say("pager.previous") }
            }
            span { say("pager.position", ["page": .number(current), "pages": .number(pages)]) }
            if current < pages { a(.rel("next"), .href(address(changing: [.page: String(current + 1)]))) { say("pager.next") } }
        }
    }

    /// Programmes as a list of their countries, titles and budgets.
    func programmeList(_ programmes: some Sequence<ProgrammeOnRecord>, showsStatus: Bool = false) -> Markup {
        ul(.class("programmes")) {
            programmes.map { record in
                li {
                    areaTag(record.programme.thematicArea)
                    div(.class("what")) {
                        a(.class("countries"), .href(address(.programme(record.id)))) {
                            wording.place(of: record.programme, in: self.record)
                        }
                        if showsStatus {
                            " "
                            span(.class("status status-\(record.status?.status.rawValue ?? "unknown")")) {
                                wording.status(record.status?.status)
                            }
                        }
                        p(.class("programme-title")) { record.programme.title }
                    }
                    span(.class("budget")) {
                        if let budget = record.budget {
                            wording.millions(budget.amount)
                            abbr(.title(say("million"))) { say("million.abbreviation") }
                            unconfirmedMark(!budget.isConfirmed)
                        } else {
                            say("figure.none")
                        }
                    }
                }
            }
        }
    }

    /// A fund's text with its figures linked to their traces; empty if the folder has none of this name.
    func text(_ name: String) -> Markup {
        guard let template = record.texts[name] else { return .empty }
        return div(.class("prose")) { wording.markup(template, of: record) { figure($0, as: $1) } }
    }

    /// The sentence of what a kind of record covers: how many of how many, and how they were chosen.
    func coverageNote(_ records: Coverage.Records, count: Int) -> Markup {
        guard let coverage = record.coverage(of: records) else { return .text(say("coverage.none")) }
        return .fragment {
            if let statement = coverage.stated.flatMap(record.statement), let stated = statement.value(in: terms.currency) {
                say.markup(
                    "coverage.of-stated",
                    [
                        "count": .number(count), "stated": .text(wording.value(stated)), "date": .text(wording.date(coverage.asOf)),
                        "statements": .markup(link(.statements, say("coverage.statements"))),
                    ])
            } else {
                say("coverage.as-of", ["count": .number(count), "date": .text(wording.date(coverage.asOf))])
            }
            if !coverage.standing.note.isEmpty { " \(coverage.standing.note)" }
        }
    }
}

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
        table(.class(columns.count < 5 ? "records" : "records wide")) {
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

    /// Without the columns in which nothing stands.
    func withoutEmptyColumns() -> RecordTable {
        let shown = columns.indices.filter { index in
            columns[index].isName || (rows + (total.map { [$0] } ?? [])).contains { !$0[index].isEmpty }
        }
        return RecordTable(
            caption: caption, columns: shown.map { columns[$0] }, rows: rows.map { row in shown.map { row[$0] } },
            total: total.map { total in shown.map { total[$0] } })
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
            zip(columns, cells).enumerated().map { index, pair in
                let (column, cell) = pair
                return column.isName
                    ? th(.scope(.row), .class("name")) { cell }
                    : td(
                        .classes([column.isNumber ? "number" : nil, place(of: index), cell.isEmpty ? "empty" : nil]),
                        .data("label", column.label)
                    ) {
                        cell
                    }
            }
        }
    }

    /// What a column is beside the name: what comes `before` it, the `main` number, and the words (`text`) at the end of the row.
    private func place(of index: Int) -> String? {
        guard let name = columns.firstIndex(where: \.isName) else { return nil }
        if index < name { return "before" }
        if index == columns.indices.first(where: { $0 > name && columns[$0].isNumber }) { return "main" }
        return index == columns.count - 1 && !columns[index].isNumber ? "text" : nil
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

    func statusTag(_ status: ProgrammeStatus?) -> Markup {
        span(.class("status status-\(status?.rawValue ?? "unknown")")) { wording.status(status) }
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

    /// A note of the record, with the ids of sources in it resolved to their titles.
    func note(_ text: String) -> Markup {
        var pieces: [Markup] = []
        var plain = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let id = word.trimmingPrefix("(").split { ".,;:)".contains($0) }.first.map(String.init) ?? ""
            if id.contains("-"), record.source(id) != nil, let range = word.firstRange(of: id) {
                pieces.append(.text(plain + word[..<range.lowerBound]))
                pieces.append(sourceLink(id))
                plain = word[range.upperBound...] + " "
            } else {
                plain += word + " "
            }
        }
        return .sequence(pieces + [.text(String(plain.dropLast()))])
    }

    /// A block with a strong rule on top, a heading and what explains it; on a wide screen these stand in a column of their own.
    func block(
        _ heading: String, id: String? = nil, note: Markup = .empty, more: Markup = .empty, @MarkupBuilder content: () throws -> Markup
    ) rethrows -> Markup {
        try section([.class("block")] + (id.map { [.id($0)] } ?? [])) {
            div(.class("block-head")) {
                h2 { heading }
                if !note.isEmpty { p(.class("note")) { note } }
            }
            try div(.class("block-body")) {
                try content()
                if !more.isEmpty { p(.class("more")) { more } }
            }
        }
    }

    /// Terms and what is said of them; a term without anything said is left out.
    func facts(_ pairs: [(String, Markup)]) -> Markup { factList(pairs) }

    /// Links to the other pages of a list.
    ///
    /// - Parameter isLast: nil if `pages` is the number of pages; else whether this page is the last, of a list whose length is not known.
    func pager(_ pages: Int, isLast: Bool? = nil) throws(Failure) -> Markup {
        guard pages > 1 else { return .empty }
        let current = try query.pageNumber
        return nav(.class("pager"), .aria(.label, say("pager.label"))) {
            if current > 1 {
                a(.rel("prev"), .href(address(changing: [.page: current == 2 ? nil : String(current - 1)]))) { say("pager.previous") }
            }
            span {
                isLast == nil
                    ? say("pager.position", ["page": .number(current), "pages": .number(pages)])
                    : say("pager.page", ["page": .number(current)])
            }
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
                            statusTag(record.status?.status)
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

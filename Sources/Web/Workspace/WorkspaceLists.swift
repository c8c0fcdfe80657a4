internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund

// Lists with filters in the address, 60 rows a page.
extension WorkspaceContext {
    static let pageSize = 60

    /// What a filter was set to; nil if it was not. Given twice, the first counts.
    func filter(_ name: String) -> String? { query.first(name).flatMap { $0.isEmpty ? nil : $0 } }

    /// - Throws: 400 for what is none of the choices.
    func choice<Choice: RawRepresentable>(_ name: String, _: Choice.Type = Choice.self) throws(Failure) -> Choice?
    where Choice.RawValue == String {
        guard let text = filter(name) else { return nil }
        guard let choice = Choice(rawValue: text) else { throw unreadable(name) }
        return choice
    }

    func unreadable(_ name: String) -> Failure {
        let value = String(String.UnicodeScalarView(filter(name)?.unicodeScalars.prefix(80) ?? .init()))
        return Failure(.badRequest, "error.parameter", ["parameter": name, "value": value])
    }

    /// The rows of the page that is asked for, and the links to the others.
    ///
    /// - Parameter filters: the names of the filters, which the links keep.
    func paged<Element>(_ elements: [Element], keeping filters: [String]) throws(Failure) -> (rows: [Element], pager: Markup) {
        let pages = max(1, (elements.count + Self.pageSize - 1) / Self.pageSize)
        guard let number = filter("page").map(wholeNumber) ?? 1, number > 0 else { throw unreadable("page") }
        guard number <= pages else { throw .pageBeyondEnd }
        let rows = Array(elements.dropFirst((number - 1) * Self.pageSize).prefix(Self.pageSize))
        guard pages > 1 else { return (rows, .empty) }
        let address = { (page: Int) in Self.address(place, query: kept(filters) + (page == 1 ? [] : [("page", String(page))])) }
        let pager = nav(.class("pager"), .aria(.label, say("pager.label"))) {
            if number > 1 { a(.rel("prev"), .href(address(number - 1))) { say("pager.previous") } }
            span { say("pager.position", ["page": .number(number), "pages": .number(pages)]) }
            if number < pages { a(.rel("next"), .href(address(number + 1))) { say("pager.next") } }
        }
        return (rows, pager)
    }

    func kept(_ filters: [String]) -> [(String, String)] { filters.compactMap { name in filter(name).map { (name, $0) } } }

    /// The form that sets filters by the address.
    func filterForm(_ fields: [FilterField]) -> Markup {
        form(.class("filter"), .method(.get), .action(Self.address(place))) {
            fields.map { field in
                div(.class("field")) {
                    label(.for("filter-\(field.name)")) { field.label }
                    control(field)
                }
            }
            div(.class("actions")) {
                button(.type("submit")) { say("filter.apply") }
                if fields.contains(where: { filter($0.name) != nil }) {
                    " "
                    link(place, say("filter.clear"))
                }
            }
        }
    }

    private func control(_ field: FilterField) -> Markup {
        let common: [Attribute] = [.id("filter-\(field.name)"), .name(field.name)]
        let value = filter(field.name) ?? ""
        switch field.kind {
        case .choice(let choices):
            return select(common) {
                option(.value("")) { say("filter.all") }
                choices.map { choice in option(.value(choice.value), .selected(choice.value == value)) { choice.label } }
            }
        case .text: return input(common + [.type("search"), .value(value), .autocomplete(.off)])
        case .moment: return input(common + [.type("datetime-local"), .value(value), .autocomplete(.off)])
        }
    }
}

/// A field of a form that filters a list.
struct FilterField: Sendable {
    let name: String
    let label: String
    let kind: Kind

    enum Kind: Sendable {
        case choice([Choice])
        case text
        /// A day and a time of it.
        case moment
    }

    init(_ name: String, _ label: String, _ kind: Kind) {
        self.name = name
        self.label = label
        self.kind = kind
    }
}

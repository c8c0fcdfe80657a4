internal import HTML
internal import Ledger
internal import Publications

/// What waits for somebody, the most pressing first as its caller orders it.
struct Desk: Sendable {
    /// Items of which the same is to be done.
    struct Group: Sendable {
        /// What is to be done; nil where the item says it.
        var heading: String?
        /// How many there are, shown or not.
        let count: Int
        let items: [Item]
        /// Where all of them are listed; nil where all are shown.
        var all: Address?
    }

    struct Item: Sendable {
        /// What is to be done, linked to where it is done.
        let title: String
        let address: Address
        /// What it is about: the programme, who asked.
        var about: Markup = .empty
        /// The last day for it.
        var due: CivilDate?
        /// Whether that day has passed, or is near: said in `note`, so that colour is never alone.
        var isPressing = false
        /// A word at the end of the line: “two days late”.
        var note: String?
    }

    let groups: [Group]

    func markup(_ wording: Wording) -> Markup {
        groups.isEmpty ? p(.class("dim")) { wording.say("desk.nothing") } : .fragment { groups.map { group($0, wording) } }
    }

    @MarkupBuilder private func group(_ group: Group, _ wording: Wording) -> Markup {
        if let heading = group.heading {
            h3(.class("desk-heading")) {
                heading
                " "
                span(.class("count")) { wording.integer(group.count) }
            }
        }
        ul(.class("desk")) { group.items.map { item($0, wording) } }
        if let all = group.all {
            p(.class("desk-all")) { a(.href(all)) { wording.say("desk.all", ["count": .number(group.count)]) } }
        }
    }

    private func item(_ item: Item, _ wording: Wording) -> Markup {
        li(.classes([item.isPressing ? "pressing" : nil])) {
            div(.class("what")) {
                a(.href(item.address)) { item.title }
                if !item.about.isEmpty { p(.class("about")) { item.about } }
            }
            if item.due != nil || item.note != nil {
                p(.class("when")) {
                    if let due = item.due {
                        time(.datetime(due.description)) { wording.say("desk.due", ["date": .text(wording.date(due))]) }
                    }
                    if let note = item.note { span(.class("note")) { note } }
                }
            }
        }
    }
}

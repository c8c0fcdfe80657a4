internal import HTML
internal import Ledger
internal import Publications

/// What waits for somebody, the most pressing first as its caller orders it.
struct Desk: Sendable {
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

    let items: [Item]

    func markup(_ wording: Wording) -> Markup {
        guard !items.isEmpty else { return p(.class("dim")) { wording.say("desk.nothing") } }
        return ul(.class("desk")) {
            items.map { item in
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
    }
}

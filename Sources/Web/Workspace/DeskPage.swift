internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// “My desk”: what waits for whoever is signed in, what they wait for, and what they were told.
    func deskPage() async throws -> WorkspacePage {
        let items = try await office.desk(of: visitor, now: now)
        let waiting = groups(items.filter { !$0.kind.isForOthers })
        let waited = groups(items.filter(\.kind.isForOthers))
        let notices = try await office.notices(of: visitor.id, limit: Self.noticeLimit)
        let words = try await DeskWords(self, (waiting + waited).flatMap(\.shown), notices)
        return WorkspacePage(
            title: say("desk.title"), lead: .text(say("desk.lead")),
            content: .fragment {
                workspaceBlock(say("desk.for-me"), id: "for-me") { desk(waiting, words, none: "desk.nothing") }
                workspaceBlock(say("desk.for-others"), id: "for-others") { desk(waited, words, none: "desk.nothing-for-others") }
                workspaceBlock(say("desk.notices"), id: "notices") { noticeList(notices, words) }
            })
    }

    /// Notes that a notice was read, or all were.
    func readNotices(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        let notice = form.first("notice")
        guard notice.map({ isIdentifier($0) }) ?? (form.first("all") != nil) else { throw Failure.formUnreadable }
        try await office.markRead(notice, of: visitor.id, now: now)
        return .done(Address(segments: ["workspace"], fragment: "notices"))
    }

    /// More notices are not shown.
    private static let noticeLimit = 60

    /// By what is to be done, in the order of the most pressing of each.
    private func groups(_ items: [DeskItem]) -> [DeskGroup] {
        var places: [DeskGroup.Key: Int] = [:]
        var groups: [DeskGroup] = []
        for item in items {
            let key = DeskGroup.Key(kind: item.kind, fund: item.fund)
            if let place = places[key] {
                groups[place].items.append(item)
            } else {
                places[key] = groups.count
                groups.append(DeskGroup(key: key, items: [item]))
            }
        }
        return groups
    }

    private func desk(_ groups: [DeskGroup], _ words: DeskWords, none: SentenceKey) -> Markup {
        guard !groups.isEmpty else { return p(.class("dim")) { say(none) } }
        return Desk(
            groups: groups.map { group in
                let isNamed = group.items.count > 1
                return Desk.Group(
                    heading: isNamed ? words.heading(group.key.kind) : nil, count: group.items.count,
                    items: group.shown.map { words.item($0, isNamed: isNamed) },
                    all: group.shown.count < group.items.count ? words.list(group.key.kind, in: group.key.fund) : nil)
            }
        ).markup(wording)
    }

    private func noticeList(_ notices: [Notice], _ words: DeskWords) -> Markup {
        guard !notices.isEmpty else { return p(.class("dim")) { say("desk.no-notices") } }
        return .fragment {
            if notices.count(where: { $0.readAt == nil }) > 1 {
                singleButtonForm(
                    FormButton(label: say("desk.read-all"), weight: .secondary), action: Self.address(.desk),
                    hidden: [.hidden("all", "yes")])
            }
            ul(.class("desk notices")) {
                notices.map { notice in
                    li(.classes([notice.readAt == nil ? "unread" : nil])) {
                        div(.class("what")) {
                            a(.href(words.address(of: notice))) { words.title(of: notice) }
                            p(.class("about")) {
                                words.about(notice)
                                if notice.readAt != nil { " · \(say("desk.read"))" }
                            }
                        }
                        if notice.readAt == nil {
                            singleButtonForm(
                                FormButton(label: say("desk.mark-read"), weight: .secondary), action: Self.address(.desk),
                                hidden: [.hidden("notice", notice.id)])
                        }
                    }
                }
            }
        }
    }
}

/// Items of one kind in one fund.
private struct DeskGroup {
    struct Key: Hashable {
        let kind: DeskItem.Kind
        let fund: String?
    }

    let key: Key
    var items: [DeskItem]

    /// More of a kind are counted, and found in the list that they stand in.
    private static let limit = 5

    var shown: [DeskItem] { Array(items.prefix(Self.limit)) }
}

internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// “My desk”: what waits for whoever is signed in, what they wait for, and what they were told.
    func deskPage() async throws -> WorkspacePage {
        let words = try await DeskWords(self)
        let items = try await office.desk(of: visitor, now: now)
        let (waited, waiting) = (items.filter(\.kind.isForOthers), items.filter { !$0.kind.isForOthers })
        let notices = try await office.notices(of: visitor.id, limit: Self.noticeLimit)
        return WorkspacePage(
            title: say("desk.title"), lead: .text(say("desk.lead")),
            content: .fragment {
                workspaceBlock(say("desk.for-me"), id: "for-me") { list(waiting, words, none: "desk.nothing") }
                workspaceBlock(say("desk.for-others"), id: "for-others") { list(waited, words, none: "desk.nothing-for-others") }
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

    private func list(_ items: [DeskItem], _ words: DeskWords, none: SentenceKey) -> Markup {
        guard !items.isEmpty else { return p(.class("dim")) { say(none) } }
        return Desk(items: items.map(words.item)).markup(wording)
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
                                words.since(notice.createdAt, notice.fund)
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

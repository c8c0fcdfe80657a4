internal import HTML
internal import PooledFund

extension WorkspaceContext {
    /// What whoever is signed in may do in a fund, each with a link to its form.
    func actionsPage(of fund: String) -> WorkspacePage {
        let actions = RequestedActions.all.filter { action in
            let readers = WorkspacePlace.action(fund: fund, action.name).readers
            return readers.map { !roles.isDisjoint(with: $0.roles) } ?? true
        }
        return WorkspacePage(
            title: say("actions.title"), lead: .text(say("action.list.lead")), notice: doneNotice(in: fund),
            content: ul(.class("desk")) {
                actions.map { action in
                    li {
                        div(.class("what")) {
                            link(.action(fund: fund, action.name), say(SentenceKey("action.\(action.name)")))
                            p(.class("about")) { say(SentenceKey("action.\(action.name).lead")) }
                        }
                    }
                }
            })
    }

    /// What was done a moment ago, as the address says; whoever makes up such an address reads a sentence, and nothing more.
    func doneNotice(in fund: String) -> PageNotice? {
        guard let name = query.first("done"), RequestedActions.named(name) != nil else { return nil }
        let action = say(SentenceKey("action.\(name)"))
        guard let event = query.first("event").flatMap(wholeNumber) else {
            return PageNotice(kind: .information, text: .text(say("action.done.nothing", ["action": .text(action)])))
        }
        return PageNotice(kind: .success, text: .text(say("action.done", ["action": .text(action), "number": .number(event)])))
    }
}

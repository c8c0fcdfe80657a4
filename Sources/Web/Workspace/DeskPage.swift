internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// “My desk”: what waits for whoever is signed in.
    func deskPage() async throws -> WorkspacePage {
        WorkspacePage(
            title: say("desk.title"), lead: .text(say("desk.lead")),
            content: Desk(items: []).markup(house.wording))
    }
}

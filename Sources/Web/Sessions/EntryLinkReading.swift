internal import Credentials
internal import HTML
internal import Ledger
internal import PooledFund

extension SignInContext {
    /// What a link that was sent turns out to be.
    enum FollowedLink {
        case open(EntryLink, SignInAccount)
        /// It lets nobody in, and the page says why and whom to ask.
        case closed(WorkspacePage)
    }

    /// Reads the secret of a link, from the query when it is followed and from the form when that is sent.
    func follow(_ purpose: EntryLink.Purpose, _ form: FormBody? = nil) async throws -> FollowedLink {
        let kind: BearerSecret.Kind = purpose == .join ? .invitation : .emailLink
        guard let secret = BearerSecret(form?.first("secret") ?? query.first("secret") ?? "", kind: kind),
            let link = try await office.entryLink(secret.digest), link.purpose == purpose,
            let account = try await office.signInAccount(of: link.person, now: now)
        else { return .closed(closedPage(purpose, "entry-link.unknown.title", "entry-link.unknown")) }
        switch link.standing(now: now) {
        case .open: return .open(link, account)
        case .used: return .closed(closedPage(purpose, "entry-link.used.title", "entry-link.used"))
        case .expired: return .closed(closedPage(purpose, "entry-link.expired.title", "entry-link.expired"))
        }
    }

    private func closedPage(_ purpose: EntryLink.Purpose, _ title: SentenceKey, _ lead: SentenceKey) -> WorkspacePage {
        WorkspacePage(
            title: say(title), lead: .text(say(lead)),
            content: .fragment {
                p { say(purpose == .join ? "entry-link.ask-inviter" : "entry-link.ask-again") }
                p {
                    link(.signIn, say("sign-in.title"))
                    " · "
                    link(.forgotten, say("sign-in.forgotten.link"))
                }
            })
    }
}

internal import Credentials
internal import HTML
internal import Ledger
internal import PooledFund

/// What a letter says of one notice.
struct LetterPassage {
    /// Of a letter that says nothing else.
    let subject: String
    let paragraphs: [String]
    /// The link that lets its reader in, if there is one.
    var link: LetterLink?

    init(_ mailed: MailedNotice, say: Catalogue, house: PublicAddress, now: Instant) throws {
        let notice = mailed.notice
        // A fund that is not on record any more, or a notice of none: the house speaks.
        let fund = Argument.text(mailed.fundName ?? say("product.name"))
        let role = Argument.text(notice.arguments["role"].flatMap(Role.init).map { Self.name($0, say) } ?? say("mail.role.unknown"))
        let party = Argument.text(mailed.partyName ?? notice.arguments["organization"] ?? say("mail.party.unknown"))
        switch notice.kind {
        case .invitation:
            let secret = BearerSecret(.invitation)
            let until = try now.date(after: LetterLink.Purpose.join.seconds)
            link = LetterLink(digest: secret.digest, purpose: .join)
            subject = say("mail.invitation.subject", ["fund": fund])
            paragraphs = [
                say("mail.invitation", ["fund": fund, "role": role, "party": party]),
                say("mail.invitation.link", ["date": .text(Wording(say).date(until))]) + "\n"
                    + house.link(["invitation"], query: [("secret", secret.text)]),
                say("mail.invitation.stranger"),
            ]
        case .newPassword:
            let secret = BearerSecret(.emailLink)
            link = LetterLink(digest: secret.digest, purpose: .newPassword)
            subject = say("mail.new-password.subject")
            paragraphs = [
                say("mail.new-password") + "\n" + house.link(["new-password"], query: [("secret", secret.text)]),
                say("mail.new-password.stranger"),
            ]
        case .addressProof:
            let secret = BearerSecret(.emailLink)
            link = LetterLink(digest: secret.digest, purpose: .proveAddress)
            subject = say("mail.address-proof.subject")
            paragraphs = [
                say("mail.address-proof") + "\n" + house.link(["workspace", "settings", "address"], query: [("secret", secret.text)]),
                say("mail.address-proof.stranger"),
            ]
        case .addressAsked:
            subject = say("mail.address-asked.subject")
            paragraphs = [
                say("mail.address-asked"), say("mail.access-changed.stranger") + "\n" + house.link(["sign-in", "forgotten"]),
            ]
        case .roleGiven:
            subject = say("mail.role-given.subject", ["fund": fund])
            paragraphs = [
                say("mail.role-given", ["fund": fund, "role": role, "party": party]) + "\n" + house.link(["workspace"])
            ]
        case .roleEnded:
            subject = say("mail.role-ended.subject", ["fund": fund])
            let ended: String =
                if let day = notice.arguments["last_day"].flatMap({ try? CivilDate(parsing: $0) }) {
                    say("mail.role-ends", ["fund": fund, "role": role, "party": party, "date": .text(Wording(say).date(day))])
                } else {
                    say("mail.role-ended", ["fund": fund, "role": role, "party": party])
                }
            paragraphs = [ended + " " + say("mail.role-ended.stays")]
        case .accessChanged:
            subject = say("mail.access-changed.subject")
            let change = notice.arguments["change"].flatMap(AccessChange.init).map { say(SentenceKey("mail.access.\($0.rawValue)")) }
            paragraphs = [
                change ?? say("mail.access-changed"),
                say("mail.access-changed.stranger") + "\n" + house.link(["sign-in", "forgotten"]),
            ]
        case .proposalEligible, .proposalIneligible, .assessmentAsked, .assignmentWithdrawn, .reviewerSteppedBack, .assessmentReminder,
            .assessmentConcluded:
            let due = notice.arguments["due"].flatMap { try? CivilDate(parsing: $0) }
            let about: KeyValuePairs<String, Argument> = [
                "fund": fund, "proposal": .text(notice.arguments["proposal"] ?? ""),
                "date": .text(due.map { Wording(say).date($0) } ?? ""),
            ]
            subject = say(SentenceKey("mail.assessment.\(notice.kind.rawValue).subject"), about)
            paragraphs = [say(SentenceKey("mail.assessment.\(notice.kind.rawValue)"), about) + "\n" + house.link(["workspace"])]
        case .callAmended, .questionAnswered, .proposalJoined, .proposalReturned, .proposalWithdrawn, .signOffAsked:
            let about: KeyValuePairs<String, Argument> = [
                "fund": fund, "party": party, "proposal": .text(notice.arguments["proposal"] ?? ""),
                "call": .text(notice.arguments["call"] ?? ""),
            ]
            subject = say(SentenceKey("mail.proposals.\(notice.kind.rawValue).subject"), about)
            paragraphs = [say(SentenceKey("mail.proposals.\(notice.kind.rawValue)"), about) + "\n" + house.link(["workspace"])]
        }
    }

    private static func name(_ role: Role, _ say: Catalogue) -> String { say(SentenceKey("role.\(role.rawValue)")) }
}

extension Instant {
    /// The day in Greenwich so many seconds later.
    fileprivate func date(after seconds: Int64) throws(InstantError) -> CivilDate {
        try Instant(microsecondsSince1970: microsecondsSince1970 + seconds * 1_000_000).civilDate(secondsFromGMT: 0)
    }
}

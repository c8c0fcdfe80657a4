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
            paragraphs = [say(SentenceKey("mail.assessment.\(notice.kind.rawValue)"), about) + "\n" + house.link(Self.place(of: notice))]
        case .callAmended, .questionAnswered, .proposalJoined, .proposalReturned, .proposalWithdrawn, .signOffAsked:
            let about: KeyValuePairs<String, Argument> = [
                "fund": fund, "party": party, "proposal": .text(notice.arguments["proposal"] ?? ""),
                "call": .text(notice.arguments["call"] ?? ""), "date": .text(Self.day(notice.arguments["due"], say) ?? ""),
            ]
            subject = say(SentenceKey("mail.proposals.\(notice.kind.rawValue).subject"), about)
            let words = say(SentenceKey("mail.proposals.\(notice.kind.rawValue)\(Self.due(notice))"), about)
            paragraphs = [words + "\n" + house.link(Self.place(of: notice))]
        case .meetingConvened, .meetingAmended, .noObjectionOpened, .objectionRaised, .interestDeclared, .decisionTaken, .documentInvited,
            .pipelineReviewed, .pipelineExpired:
            let about: KeyValuePairs<String, Argument> = [
                "fund": fund, "proposal": .text(notice.arguments["proposal"] ?? ""), "meeting": .text(notice.arguments["meeting"] ?? ""),
                "date": .text(Self.day(notice.arguments["day"] ?? notice.arguments["due"], say) ?? ""),
                "outcome": .text(Self.outcome(notice, say)),
            ]
            subject = say(SentenceKey("mail.committee.\(notice.kind.rawValue).subject"), about)
            let words = say(SentenceKey("mail.committee.\(notice.kind.rawValue)\(Self.due(notice))"), about)
            paragraphs = [words + "\n" + house.link(Self.place(of: notice))]
        }
    }

    private static func day(_ text: String?, _ say: Catalogue) -> String? {
        text.flatMap { try? CivilDate(parsing: $0) }.map { Wording(say).date($0) }
    }

    /// The end of the key of what is told with the day until which it is due.
    private static func due(_ notice: Notice) -> String {
        notice.arguments["due"] != nil && (notice.kind == .proposalReturned || notice.kind == .decisionTaken) ? ".due" : ""
    }

    private static func outcome(_ notice: Notice, _ say: Catalogue) -> String {
        notice.arguments["outcome"].map { say(SentenceKey("committee.outcome.\($0)")) } ?? ""
    }

    /// The page of the workspace that a notice is about.
    private static func place(of notice: Notice) -> [String] {
        let fund = ["workspace", "funds", notice.fund]
        switch notice.kind {
        case .assessmentAsked, .assessmentReminder, .assessmentConcluded, .reviewerSteppedBack:
            return fund + ["assessments"] + (notice.arguments["proposal"].map { [$0] } ?? [])
        // The proposal is not theirs to read any more.
        case .assignmentWithdrawn: return fund + ["assessments"]
        case .meetingConvened, .meetingAmended, .noObjectionOpened, .objectionRaised:
            return fund + ["committee"] + (notice.arguments["meeting"].map { ["meetings", $0] } ?? [])
        case .interestDeclared: return fund + ["committee"]
        case .pipelineReviewed: return fund + ["committee", "pipeline"]
        default: break
        }
        if let code = notice.arguments["proposal"] {
            return fund + ["proposals", code] + (notice.kind == .signOffAsked ? ["sign-off"] : [])
        }
        return fund + ["calls"] + (notice.arguments["call"].map { [$0] } ?? [])
    }

    private static func name(_ role: Role, _ say: Catalogue) -> String { say(SentenceKey("role.\(role.rawValue)")) }
}

extension Instant {
    /// The day in Greenwich so many seconds later.
    fileprivate func date(after seconds: Int64) throws(InstantError) -> CivilDate {
        try Instant(microsecondsSince1970: microsecondsSince1970 + seconds * 1_000_000).civilDate(secondsFromGMT: 0)
    }
}

internal import Credentials
public import HTML
internal import Ledger
public import PooledFund

/// The letters of the house: what has happened, what to do, who sends it and how to be told otherwise; nothing more.
public struct Letters: LetterWriter {
    /// The catalogues by the codes of their languages.
    private let catalogues: [String: Catalogue]
    private let fallback: Catalogue
    private let house: PublicAddress

    /// - Parameters:
    ///   - fallback: speaks to whoever chose no language, or one that is not among the others.
    ///   - house: what the links begin with.
    public init(_ fallback: Catalogue, others: [Catalogue] = [], house: PublicAddress) {
        self.fallback = fallback
        catalogues = Dictionary((others + [fallback]).map { ($0.language.code, $0) }) { first, _ in first }
        self.house = house
    }

    public func letter(for mail: DueMail) throws -> Letter {
        let say = mail.language.flatMap { catalogues[$0] } ?? fallback
        let passages = try mail.notices.map { try LetterPassage($0, say: say, house: house, now: mail.now) }
        let count = mail.notices.count + mail.more
        let subject = count == 1 ? passages.first?.subject : nil
        var paragraphs = [say("mail.greeting", ["name": .text(mail.recipient.name)])]
        paragraphs += passages.flatMap(\.paragraphs)
        if mail.more > 0 { paragraphs.append(say("mail.more", ["count": .number(mail.more)]) + "\n" + house.link(["workspace"])) }
        paragraphs.append("-- \n" + closing(mail, say))
        return Letter(
            subject: Self.shortened(subject ?? say("mail.digest.subject", ["count": .number(count)])),
            text: paragraphs.joined(separator: "\n\n") + "\n", links: passages.compactMap(\.link))
    }

    /// Who sends it, why it comes, and how to be told otherwise.
    private func closing(_ mail: DueMail, _ say: Catalogue) -> String {
        if mail.notices.allSatisfy({ $0.notice.kind == .invitation }) { return say("mail.closing.invited", ["address": .text(house.text)]) }
        return say("mail.closing", ["address": .text(house.text)]) + "\n" + house.link(["workspace", "settings", "notices"])
    }

    /// A subject that is read at a glance; the name of a fund may be long.
    private static func shortened(_ subject: String) -> String {
        let limit = 150
        guard subject.unicodeScalars.count > limit else { return subject }
        return String(String.UnicodeScalarView(subject.unicodeScalars.prefix(limit))) + "…"
    }
}

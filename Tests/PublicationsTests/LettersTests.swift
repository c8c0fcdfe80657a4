import Credentials
import Foundation
import HTML
import Ledger
import TestSupport
import Testing

@testable import PooledFund
@testable import Publications

@Suite("Letters to people")
struct LettersTests {
    private let say: Catalogue
    private let letters: Letters
    private let now: Instant

    init() throws {
        say = try Sentences.catalogue()
        letters = Letters(say, house: try PublicAddress(parsing: "https://fund.example.org/"))
        now = try Instant(parsing: "2024-02-01T09:00:00Z")
    }

    @Test("An invitation says who invites to what, and has a link with a secret of which the letter's digest is the only other trace")
    func invitation() throws {
        let letter = try letters.letter(for: mail([notice(.invitation)]))
        #expect(letter.subject == "Invitation to River Towns Fund")
        #expect(letter.text.contains("in the role “Technical reviewer”, for United Rivers Office."))
        #expect(letter.text.contains("until 8 February 2024"))
        let prefix = "https://fund.example.org/invitation?secret="
        let line = try #require(letter.text.split(separator: "\n").first { $0.hasPrefix(prefix) })
        let secret = try #require(BearerSecret(String(line.dropFirst(prefix.count)), kind: .invitation))
        #expect(letter.links == [LetterLink(digest: secret.digest, purpose: .join)])
        let again = try letters.letter(for: mail([notice(.invitation)]))
        #expect(again.links != letter.links, "every letter has a secret of its own")
    }

    @Test("A letter for a new password has a link of its own kind, which opens for an hour")
    func newPassword() throws {
        let letter = try letters.letter(for: mail([notice(.newPassword, fund: PeopleChain.name, fundName: nil, arguments: [:])]))
        let prefix = "https://fund.example.org/new-password?secret="
        let line = try #require(letter.text.split(separator: "\n").first { $0.hasPrefix(prefix) })
        let secret = try #require(BearerSecret(String(line.dropFirst(prefix.count)), kind: .emailLink))
        #expect(letter.links == [LetterLink(digest: secret.digest, purpose: .newPassword)])
        #expect(LetterLink.Purpose.newPassword.seconds == 3_600)
    }

    @Test("Every kind of notice, every role and every change of access has its words, and no letter repeats the address that it goes to")
    func words() throws {
        var notices = Notice.Kind.allCases.map { notice($0) }
        notices += Role.allCases.map { notice(.roleGiven, arguments: ["role": $0.rawValue, "organization": "river-office"]) }
        notices += AccessChange.allCases.map { notice(.accessChanged, arguments: ["change": $0.rawValue]) }
        notices.append(notice(.roleEnded, arguments: ["role": "auditor", "organization": "gone", "last_day": "2024-03-31"]))
        for notice in notices {
            let letter = try letters.letter(for: mail([notice]))
            #expect(!letter.subject.isEmpty && letter.subject.unicodeScalars.allSatisfy { $0.value >= 0x20 })
            #expect(letter.text.hasPrefix("Dear Reviewer of Rivers,\n\n"))
            #expect(letter.text.contains("https://fund.example.org"))
            #expect(!letter.text.contains("reviewer@example.org"))
        }
        #expect(say.missing.isEmpty, "\(say.missing.sorted())")
    }

    @Test("A role that ends later says when")
    func ends() throws {
        let letter = try letters.letter(
            for: mail([notice(.roleEnded, arguments: ["role": "auditor", "organization": "river-office", "last_day": "2024-03-31"])]))
        #expect(letter.text.contains("ends after 31 March 2024"))
    }

    @Test("The notices of a day are one letter, each said once, and what there is no room for is counted")
    func digest() throws {
        let notices = [notice(.roleGiven), notice(.roleEnded)]
        let letter = try letters.letter(for: mail(notices, more: 3))
        #expect(letter.subject == "5 notices for you")
        #expect(letter.text.contains("has given you the role") && letter.text.contains("has ended"))
        #expect(letter.text.contains("3 more notices are on your desk"))
        #expect(letter.text.contains("https://fund.example.org/workspace/settings/notices"))
    }

    @Test("A letter speaks the language that its reader chose, if there is one, and else that of the house")
    func language() throws {
        let french = try Catalogue(
            yaml: "mail.greeting: Bonjour {name},\nmail.role-given.subject: Un rôle\nmail.role-given: Un rôle\nmail.closing: Fin",
            language: .french)
        let both = Letters(say, others: [french], house: try PublicAddress(parsing: "https://fund.example.org"))
        #expect(try both.letter(for: mail([notice(.roleGiven)], language: "fr")).text.hasPrefix("Bonjour Reviewer of Rivers,"))
        #expect(try both.letter(for: mail([notice(.roleGiven)], language: "en")).text.hasPrefix("Dear"))
        #expect(try both.letter(for: mail([notice(.roleGiven)], language: "xx")).text.hasPrefix("Dear"))
        #expect(try both.letter(for: mail([notice(.roleGiven)])).text.hasPrefix("Dear"))
    }

    @Test("A fund's long name leaves a subject that can be read, and that a message takes")
    func longName() throws {
        let name = String(repeating: "Fund of the Rivers ", count: 100)
        let letter = try letters.letter(for: mail([notice(.roleGiven, fundName: name)]))
        #expect(letter.subject.unicodeScalars.count == 151)
    }

    @Test(
        "Only an address that keeps a secret on its way is a public address",
        arguments: [
            ("https://fund.example.org", true), ("https://fund.example.org:8443/office/", true), ("http://127.0.0.1:8080", true),
            ("http://localhost", true), ("http://fund.example.org", false), ("http://localhost.example.org", false),
            ("http://127.0.0.1.example.org", false), ("ftp://fund.example.org", false), ("fund.example.org", false), ("", false),
            ("https://user@fund.example.org", false), ("https://fund.example.org/?a=b", false), ("https://fund.example.org/#a", false),
            ("https://fund.example.org\n", false), ("/office", false), ("mailto:a@b", false),
        ])
    func publicAddress(text: String, isTaken: Bool) {
        #expect(((try? PublicAddress(parsing: text)) != nil) == isTaken)
    }

    private func notice(
        _ kind: Notice.Kind, fund: String = "river-towns", fundName: String? = "River Towns Fund",
        arguments: [String: String] = ["role": "technical-reviewer", "organization": "river-office"]
    ) -> MailedNotice {
        MailedNotice(
            notice: Notice(id: "notice", person: "person", fund: fund, kind: kind, arguments: arguments, createdAt: now),
            fundName: fundName, partyName: arguments["organization"] == "river-office" ? "United Rivers Office" : nil)
    }

    private func mail(_ notices: [MailedNotice], more: Int = 0, language: String? = nil) -> DueMail {
        DueMail(
            id: "mail", recipient: PersonParticulars(id: "person", name: "Reviewer of Rivers", email: "reviewer@example.org"),
            language: language, notices: notices, more: more, now: now)
    }
}

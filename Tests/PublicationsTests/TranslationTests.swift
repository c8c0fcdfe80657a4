import Credentials
import Foundation
import HTML
import Ledger
import TestSupport
import Testing

@testable import PooledFund
@testable import Publications

@Suite("Sentences in every language")
struct TranslationTests {
    @Test("Names are joined as each language joins them")
    func lists() throws {
        let spanish = Wording(try Sentences.catalogue(.spanish))
        #expect(spanish.list(["Guinea", "Indonesia"]) == "Guinea e Indonesia")
        #expect(spanish.list(["Chile", "Guinea", "Hispania"]) == "Chile, Guinea e Hispania")
        #expect(spanish.list(["Chile", "Perú"]) == "Chile y Perú" && spanish.list(["agua", "hielo"]) == "agua y hielo")
        #expect(Wording(try Sentences.catalogue(.french)).list(["Guinée", "Indonésie"]) == "Guinée et Indonésie")
    }

    @Test("every language has the sentences of English and no others, with the same arguments and the forms that its plurals need")
    func complete() throws {
        let english = try Sentences.catalogue()
        for say in try Sentences.otherCatalogues() {
            let code = say.language.code
            let (lacking, others) = (english.keys.subtracting(say.keys), say.keys.subtracting(english.keys))
            #expect(lacking.isEmpty, "\(code) lacks \(lacking.sorted())")
            #expect(others.isEmpty, "\(code) has what nobody asks for: \(others.sorted())")
            for key in say.keys.intersection(english.keys).map({ SentenceKey($0) }) {
                #expect(
                    say.placeholders(of: key) == english.placeholders(of: key) || isPluralCount(key, say, english),
                    "\(code) \(key.text): \(say.placeholders(of: key).sorted()) for \(english.placeholders(of: key).sorted())")
                #expect(say.hasPlural(key) == english.hasPlural(key), "\(code) \(key.text)")
                if say.hasPlural(key) {
                    #expect(say.pluralCategories(of: key) == say.language.pluralRule.categories, "\(code) \(key.text)")
                }
            }
        }
    }

    /// A form for one need not say the number, nor need the others if the sentence reads well without.
    private func isPluralCount(_ key: SentenceKey, _ say: Catalogue, _ english: Catalogue) -> Bool {
        english.hasPlural(key) && say.placeholders(of: key).symmetricDifference(english.placeholders(of: key)) == ["count"]
    }

    @Test("a sentence that a language lacks is said in English by English plurals, and noted as missing")
    func fallback() throws {
        let english = try Catalogue(yaml: "days: {one: \"{count} day\", other: \"{count} days\"}\nyes: \"yes\"", language: .english)
        let french = try Catalogue(yaml: "\"yes\": oui", language: .french).fallingBack(on: english)
        #expect(french("yes") == "oui" && french.missing.isEmpty)
        #expect(french("days", ["count": 0]) == "0 days")
        #expect(french("days", ["count": 1]) == "1 day")
        #expect(french.missing == ["days"])
        #expect(french.contains("days") && !french.contains("no"))
        #expect(french("no") == "⟨no⟩")
    }

    @Test("each language says one and several by its own rule")
    func plurals() throws {
        #expect(Language.french.pluralRule.category(of: 0) == .one && Language.french.pluralRule.category(of: 2) == .other)
        #expect(Language.spanish.pluralRule.category(of: 0) == .other && Language.spanish.pluralRule.category(of: 1) == .one)
        for rule in [PluralRule.oneIsOne, .zeroAndOneAreOne, .arabic, .none] {
            #expect(Set((0..<1_000).map { rule.category(of: $0) }) == rule.categories, "\(rule)")
        }
    }

    @Test("a letter of every kind comes in the language that its reader chose, and a pseudo-translated one holds no English")
    func letters() throws {
        let english = try Sentences.catalogue()
        let pseudo = english.pseudoTranslated(as: .spanish)
        let others = try Sentences.otherCatalogues().filter { $0.language.code != "es" } + [pseudo]
        let letters = Letters(english, others: others, house: try PublicAddress(parsing: "https://1.2.3"))
        for kind in Notice.Kind.allCases {
            let plain = try letters.letter(for: try mail(kind, "en"))
            for say in others {
                let letter = try letters.letter(for: try mail(kind, say.language.code))
                #expect(letter.subject != plain.subject, "\(kind) in \(say.language.code)")
                #expect(letter.links.map(\.purpose) == plain.links.map(\.purpose))
            }
            let letter = try letters.letter(for: try mail(kind, "es"))
            let text = (letter.subject + " " + letter.text).replacing(/https:\/\/\S+/, with: "")
            let words = text.split { !($0.isASCII && $0.isLetter) }.filter { $0.count > 1 }
            #expect(words.isEmpty, "\(kind): \(words)")
        }
        #expect(others.allSatisfy { $0.missing.isEmpty }, "\(others.map { $0.missing.sorted() })")
    }

    private func mail(_ kind: Notice.Kind, _ language: String) throws -> DueMail {
        let now = try Instant(parsing: "2024-02-01T09:00:00Z")
        let arguments = [
            "role": "auditor", "organization": "1", "proposal": "2", "call": "3", "meeting": "4", "due": "2024-03-01", "day": "2024-03-01",
            "outcome": "approved", "last_day": "2024-03-01", "change": "password-changed",
        ]
        let notice = Notice(id: "1", person: "1", fund: "1", kind: kind, arguments: arguments, createdAt: now)
        return DueMail(
            id: "1", recipient: PersonParticulars(id: "1", name: "Ρ", email: "1@2.3"), language: language,
            notices: [MailedNotice(notice: notice, fundName: "Τ", partyName: "Π")], more: 0, now: now)
    }
}

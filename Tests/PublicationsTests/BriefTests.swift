import Foundation
import HTML
import Ledger
import PooledFund
import Publications
import Testing

@Suite struct BriefTests {
    // MARK: What the leaflet says

    @Test func everyDonorOfTheLeafletIsOnALineOfItsOwnWithItsAmountInTheLeafletsOrder() async throws {
        let lines = try await FundOnRecord().brief().text().split(separator: "\n")
        var rest = lines[...]
        for donor in Leaflet.donors {
            let place = rest.firstIndex { $0.hasPrefix("\(donor.name) .") && $0.hasSuffix(" \(donor.amount)") }
            let index = try #require(place, "\(donor.name) with \(donor.amount) does not come after the donor before it")
            #expect(rest[index].count == 78)
            rest = rest[(index + 1)...]
        }
        #expect(Leaflet.donors.count == 22)
        #expect(rest.dropFirst().first?.hasPrefix("Total .") == true)
        #expect(rest.dropFirst().first?.hasSuffix(" 57,425,741 USD") == true)
    }

    @Test func everyProgrammeOfTheLeafletHasItsBudgetAndTitleInTheLeafletsOrderAndNoOtherIsThere() async throws {
        let text = try await FundOnRecord().brief().text()
        let operational = text.between("WHAT WE DO\n", "WHAT WE ARE READY TO DO\n")
        let pipeline = text.between("WHAT WE ARE READY TO DO\n", "SUPPORT THE FUND\n")
        for (section, programmes) in [(operational, Leaflet.operational), (pipeline, Leaflet.pipeline)] {
            let headings = section.split(separator: "\n").filter { $0.contains(" · ") }.map(String.init)
            #expect(headings == programmes.map(\.heading))
            var rest = section.unwrapped[...]
            for programme in programmes {
                let range = try #require(rest.range(of: "\(programme.heading) “\(programme.title)”"), "\(programme.title)")
                rest = rest[range.upperBound...]
            }
        }
        #expect(Leaflet.operational.count == 9)
        #expect(Leaflet.pipeline.count == 7)
        #expect(!text.contains("North Macedonia"), "a programme whose status is unknown is in no section")
    }

    @Test func theSectionsFollowTheLeaflet() async throws {
        let text = try await FundOnRecord().brief().text()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let headings = zip(lines, lines.dropFirst()).filter { $1.hasPrefix("====") }.map { String($0.0) }
        #expect(
            headings == [
                "CONTEXT", "THE FUND", "A WHOLE-OF-GOVERNMENT APPROACH", "WHAT WE DO", "WHAT WE ARE READY TO DO", "SUPPORT THE FUND",
                "CONTACT",
                "SOURCES AND NOTES",
            ])
        #expect(
            text.hasPrefix(
                "MIGRATION MULTI-PARTNER TRUST FUND\nOne fund for the Global Compact for Migration\nBrief as of 31 January 2024\n"))
        #expect(text.contains("migrationmptf@iom.int"))
        #expect(text.contains("17, Route des Morillons, P.O. Box 17"))
    }

    @Test func theBriefEndsWithItsDateAndTheHeadOfTheAuditChain() async throws {
        let fund = try await FundOnRecord()
        let head = try await fund.record().head
        let ending = "Every figure in this brief comes from the record as of 31 January 2024; audit chain head \(head)"
        #expect(try await fund.brief().text().unwrapped.hasSuffix(ending))
        #expect(try await String(decoding: fund.brief().document(), as: UTF8.self).contains("<code>\(head)</code>"))
    }

    @Test func aChangedContributionChangesItsAmountItsPlaceTheTotalAndTheShare() async throws {
        let fund = try await FundOnRecord()
        try fund.replace(",2024-01-31,938159,USD,", by: ",2024-01-31,40938159,USD,", in: "records/contributions.csv")
        try await fund.load()
        let text = try await fund.brief().text()
        #expect(text.row("Sweden") == "40,938,159 USD")
        #expect(text.row("Total") == "97,425,741 USD")
        #expect(text.row("Contributions mobilized", last: true) == "USD 97,425,741")
        #expect(text.row("Share of the target mobilized") == "64.95 %")
        #expect(text.unwrapped.contains("have provided USD 97.4 million, or 65.0 % of it."))
        let sweden = try #require(text.range(of: "\nSweden ."))
        let germany = try #require(text.range(of: "\nGermany ."))
        #expect(sweden.lowerBound < germany.lowerBound)
    }

    // MARK: Figures and facts

    @Test func everyFigurePassesThroughTheClosure() async throws {
        let record = try await FundOnRecord().record()
        let brief = Brief(record: record, say: try Sentences.catalogue())
        let seen = Collected()
        let markup = brief.content(
            figure: { figure, text in
                seen.figures.append((figure.key, text))
                return data(.class("figure")) { text }
            },
            contribution: { item, text in
                seen.contributions.append(item.id)
                return .text(text)
            },
            budget: { programme, text in
                seen.budgets.append(programme.id)
                return .text(text)
            })
        let html = markup.rendered()
        #expect(html.components(separatedBy: "<data class=\"figure\">").count - 1 == seen.figures.count)
        // Those of the texts, the six key figures with the two that they include, three of the target, the total, two beside statements.
        let names = ["context", "fund", "whole-of-government", "what-we-do", "ready-to-do", "support"]
        let inTexts = names.compactMap { record.texts[$0] }.flatMap(\.parts).count { if case .figure = $0 { true } else { false } }
        #expect(inTexts == 10)
        #expect(seen.figures.count == inTexts + 6 + 2 + 3 + 1 + 2)
        #expect(seen.contributions == record.contributions.map(\.id))
        #expect(seen.budgets.count == 16)

        // Without them no number is left that the record computes.
        let bare = brief.content(figure: { _, _ in .empty }, contribution: { _, _ in .empty }, budget: { _, _ in .empty }).rendered()
        for value in ["57.4", "57,425,741", "38.3\u{A0}%", "38.28", "150,000,000", "USD 1.7M", "19,569,912"] {
            #expect(html.contains(value))
            #expect(!bare.contains(value), "\(value)")
        }
    }

    @Test func whatTheFundStatesAndTheRecordDoesNotConfirmIsMarkedAndExplained() async throws {
        let text = try await FundOnRecord().brief().text().unwrapped
        #expect(text.contains("The Fund counted 21† joint programmes"))
        #expect(text.contains("Joint programmes being implemented: 21 stated as of 31 January 2024; 9 on record"))
        #expect(text.contains("Joint programme proposals received: more than 161 stated as of 31 January 2024; not on record"))
        #expect(!text.contains("57.5"), "the leaflet's rounding differs from the record")
    }

    @Test func whatIsNotOnRecordAndWhatIsUnconfirmedIsSaid() async throws {
        let fund = try await FundOnRecord { fund in
            let serbia = "serbia-evidence-based-governance,2000000,USD,2024-01-31,brief-2024-01,"
            try fund.replace("\(serbia),", by: "\(serbia)amount,", in: "records/budgets.csv")
            try fund.empty("records/budgets.csv") { !$0.hasPrefix("ecuador-") }
            try fund.empty("records/local-authorities.csv") { !$0.contains(",ecuador-") }
        }
        let text = try await fund.brief().text()
        #expect(text.contains("SERBIA · USD 2M [unconfirmed]\n"))
        #expect(text.contains("ECUADOR · budget not on record\n"))
        #expect(text.between("ECUADOR ·", "MOLDOVA").contains("Participating organizations: not on record\n"))
        #expect(text.between("ECUADOR ·", "MOLDOVA").contains("Local authorities: none on record\n"))
        #expect(text.unwrapped.contains("policy and planning [unconfirmed]"))
        #expect(text.unwrapped.contains("What is marked “unconfirmed” is confirmed by no published source."))
    }

    @Test func aProgrammeWhoseThematicAreaIsNotOnRecordStandsLastUnderAHeadingThatSaysSo() async throws {
        let fund = try await FundOnRecord { fund in
            try fund.replace("Sierra Leone,2,SLE,", by: "Sierra Leone,,SLE,", in: "records/programmes.csv")
        }
        let pipeline = try await fund.brief().text().between("WHAT WE ARE READY TO DO\n", "SUPPORT THE FUND\n")
        let uruguay = try #require(pipeline.range(of: "\nURUGUAY ·"))
        let heading = try #require(pipeline.range(of: "\nThematic area not on record\n"))
        let sierraLeone = try #require(pipeline.range(of: "\nSIERRA LEONE ·"))
        #expect(uruguay.upperBound < heading.lowerBound && heading.upperBound < sierraLeone.lowerBound)
    }

    @Test func aSensitivePlaceIsNamedByItsCountryOnly() async throws {
        let fund = try await FundOnRecord { fund in
            let row = "hidden-valley,argentina-border-communities,named,Hidden Valley,district,ARG,,mention,brief-2024-01,,"
            try fund.append(row, to: "records/local-authorities.csv")
        }
        let brief = try await fund.brief()
        #expect(brief.text().unwrapped.contains("a place in Argentina that is not disclosed"))
        #expect(!brief.text().lowercased().contains("hidden"))
        #expect(!String(decoding: brief.document(), as: UTF8.self).lowercased().contains("hidden valley"))
    }

    @Test func withheldEntriesOfThePipelineAreCountedAtMost() async throws {
        let fund = try await FundOnRecord { fund in
            try fund.replace(",,4,public,\"In one district", by: ",,4,withheld,\"In one district", in: "records/programmes.csv")
        }
        let brief = try await fund.brief()
        #expect(!brief.text().contains("PERU"))
        #expect(brief.text().unwrapped.contains("Further entries of the pipeline are on record, too few to be counted here."))
    }

    // MARK: Little or nothing on record

    @Test func beforeTheFirstRecordTheBriefSaysSoAndNothingElse() async throws {
        let brief = try await FundOnRecord().brief(asOf: "2001-01-01")
        let text = brief.text()
        #expect(text.contains("There is no record before"))
        #expect(text.contains("Brief as of 1 January 2001"))
        #expect(text.contains("migrationmptf@iom.int"))
        for absent in ["CONTEXT", "USD", "Germany", "†"] { #expect(!text.contains(absent)) }
        #expect(!String(decoding: brief.document(), as: UTF8.self).contains("Germany"))
    }

    @Test func aFundWithoutTextsPipelineOrContributorsHasNoEmptySections() async throws {
        let fund = try await FundOnRecord { fund in
            for name in ["context", "whole-of-government", "support"] { try fund.remove("texts/\(name).md") }
            try fund.empty("records/contributions.csv")
            try fund.empty("records/statuses.csv") { $0.contains(",operational,") }
        }
        let text = try await fund.brief().text()
        for absent in ["CONTEXT", "WHOLE-OF-GOVERNMENT", "READY TO DO", "Contributors as of", "Germany"] {
            #expect(!text.contains(absent), "\(absent)")
        }
        for present in ["THE FUND", "WHAT WE DO", "SUPPORT THE FUND", "Capitalization target"] {
            #expect(text.contains(present), "\(present)")
        }
        let elements = try ParsedPage(try await fund.brief().document()).elements
        let headings = elements.filter { ["h2", "h3"].contains($0.name) }.map(\.text)
        #expect(!headings.contains("") && !headings.contains("Context") && !headings.contains("What we are ready to do"))
        #expect(headings.contains("Support the fund"))
    }

    // MARK: Plain text

    @Test func noLineIsLongerThanSeventyEightColumnsUnlessItIsOneWord() async throws {
        let fund = try await FundOnRecord { fund in
            let long = String(repeating: "Federal Republic ", count: 9) + "Ge\u{301}rmany"
            try fund.replace("germany,Germany,", by: "germany,\(long),", in: "records/contributors.csv")
            try fund.replace("Serbia sees", by: "\(String(repeating: "x", count: 120)) sees", in: "records/programmes.csv")
        }
        let text = try await fund.brief().text()
        for line in text.split(separator: "\n") {
            #expect(line.count <= 78 || !line.trimmingCharacters(in: .whitespaces).contains(" "), "\(line)")
            #expect(!line.hasSuffix(" "), "\(line)")
        }
        #expect(text.contains(String(repeating: "x", count: 120)))
        let germany = try #require(text.split(separator: "\n").first { $0.contains("Ge\u{301}rmany .") })
        #expect(germany.hasSuffix(" 19,569,912 USD") && germany.count == 78)
        #expect(!text.unicodeScalars.contains("\u{A0}"))
    }

    @Test func namesThatWouldTurnOrBreakTheLineAreKeptApart() async throws {
        let fund = try await FundOnRecord { fund in
            try fund.replace("germany,Germany,", by: "germany,\"\u{202E}Ger\u{1B}[2Jmany\nNowhere\",", in: "records/contributors.csv")
            try fund.replace("denmark,Denmark,", by: "denmark,الدنمارك,", in: "records/contributors.csv")
        }
        let text = try await fund.brief().text()
        #expect(!text.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" })
        #expect(text.row("Ger[2Jmany Nowhere") == "19,569,912 USD")
        #expect(text.row("\u{2068}الدنمارك\u{2069}") == "6,588,103 USD")
    }

    // MARK: HTML

    @Test func theDocumentIsWellFormedAndItsHeadingsSkipNoLevel() async throws {
        let page = try ParsedPage(try await FundOnRecord().brief().document())
        #expect(page.errors == [])
        let headings = page.elements.compactMap { $0.name.count == 2 && $0.name.hasPrefix("h") ? Int($0.name.dropFirst()) : nil }
        #expect(headings.first == 1)
        #expect(headings.count { $0 == 1 } == 1)
        #expect(zip(headings, headings.dropFirst()).allSatisfy { $1 <= $0 + 1 })
        let ids = page.elements.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count)
        #expect(page.elements.first { $0.name == "h1" }?.text == "Migration Multi-Partner Trust Fund")
    }

    @Test func theDocumentLoadsNothing() async throws {
        let page = try ParsedPage(try await FundOnRecord().brief().document())
        #expect(!page.elements.contains { ["script", "link", "img", "iframe", "object", "embed"].contains($0.name) })
        let style = try #require(page.elements.first { $0.name == "style" }?.text)
        #expect(!style.contains("url(") && !style.contains("@import"))
        #expect(style.contains("size: A4") && style.contains("counter(pages)"))
    }

    @Test func theContentBeginsAtTheSecondLevel() async throws {
        let html = try await FundOnRecord().brief().content(figure: { .text($1) }).rendered()
        #expect(!html.contains("<h1") && !html.contains("<style") && html.contains("<h2"))
    }

    @Test func hostileNamesAreShownAndNeverBecomeMarkup() async throws {
        let name = "<script>alert(1)</script>\"\u{301}'\u{202E}אבג</style>"
        let fund = try await FundOnRecord { fund in
            let quoted = "\"" + name.replacingOccurrences(of: "\"", with: "\"\"", options: .literal) + "\""
            try fund.replace("germany,Germany,", by: "germany,\(quoted),", in: "records/contributors.csv")
            let title = "Migration governance for sustainable development in Indonesia"
            try fund.replace("\(title),1", by: "\(quoted),1", in: "records/programmes.csv")
            let shortName = "'</style><script>alert(2)</script>\"; } @import'"
            try fund.replace("short_name: Migration MPTF", by: "short_name: \(shortName)", in: "terms.yaml")
        }
        let brief = try await fund.brief()
        let page = try ParsedPage(brief.document())
        #expect(page.errors == [])
        #expect(!page.elements.contains { $0.name == "script" })
        #expect(page.elements.count { $0.name == "style" } == 1)
        #expect(page.elements.contains { $0.name == "bdi" && $0.text == name })
        #expect(page.elements.contains { $0.name == "bdi" && $0.text == "“\(name)”" })
        #expect(page.elements.first { $0.name == "title" }?.text.hasPrefix("</style><script>alert(2)</script>") == true)
    }

    // MARK: Words

    @Test func everyWordComesFromTheCatalogue() async throws {
        let record = try await FundOnRecord().record()
        let say = try Sentences.catalogue()
        let brief = Brief(record: record, say: say)
        _ = brief.text()
        _ = brief.document()
        let early = Brief(record: try await FundOnRecord().record(asOf: "2001-01-01"), say: say)
        _ = early.text()
        _ = early.document()
        #expect(say.missing == [])

        let pseudo = Brief(record: record, say: say.pseudoTranslated())
        let phrases = ["Context", "Thematic area", "unconfirmed", "Participating", "Local authorities:", "Total", "As of", "audit"]
        for words in phrases {
            #expect(!pseudo.text().contains(words), "\(words)")
        }
        let html = String(decoding: pseudo.document(), as: UTF8.self)
        for words in [">Context", ">Contributor", ">Total", "unconfirmed</", "Participating", "As of", " stated ", "audit chain", "Page"] {
            #expect(!html.contains(words), "\(words)")
        }
    }
}

private final class Collected {
    var figures: [(FigureKey, String)] = []
    var contributions: [String] = []
    var budgets: [String] = []
}

extension String {
    /// The text without its line breaks.
    fileprivate var unwrapped: String { split(whereSeparator: { $0 == "\n" || $0 == " " }).joined(separator: " ") }

    fileprivate func between(_ start: String, _ end: String) -> String {
        guard let first = range(of: start), let last = self[first.upperBound...].range(of: end) else { return "" }
        return String(self[first.lowerBound..<last.lowerBound])
    }

    /// The value at the end of a row that begins with `label`.
    fileprivate func row(_ label: String, last: Bool = false) -> String? {
        let rows = split(separator: "\n").filter { $0.hasPrefix("\(label) .") }
        guard let row = last ? rows.last : rows.first else { return nil }
        return row.range(of: ". ", options: .backwards).map { String(row[$0.upperBound...]) }
    }
}

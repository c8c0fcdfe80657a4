internal import Foundation
public import HTML
internal import Ledger
public import PooledFund

/// The booklet of the pipeline: what waits for funds and may be published, always as it is now.
public struct Booklet: Sendable {
    let record: PublicRecord
    let outcomes: PublishedOutcomes
    let say: Catalogue

    public init(record: PublicRecord, outcomes: PublishedOutcomes, say: Catalogue) {
        self.record = record
        self.outcomes = outcomes
        self.say = say
    }

    private var wording: Wording { Wording(say) }
    private var title: String { say("booklet.title") }
    private var date: String { wording.date(outcomes.asOf) }

    /// Below its title; headings begin at the second level.
    public var content: Markup {
        div(.class("booklet")) {
            if outcomes.pipeline.isEmpty { p { say("booklet.none") } }
            outcomes.pipeline.map { PublishedCard(outcome: $0, record: record, say: say).card(headed: true) }
        }
    }

    /// As an HTML file that stands by itself, set for A4.
    public func document() -> [UInt8] {
        PrintedDocument(
            title: title, kind: record.terms.identity.knownAs, asOf: say("brief.as-of", ["date": .text(date)]),
            running: record.terms.identity.shortName, say: say
        )
        .bytes { content }
    }

    public func text() -> String {
        let heading = "\(record.terms.identity.knownAs)\n\(title)\n\(say("brief.as-of", ["date": .text(date)]))\n"
        guard !outcomes.pipeline.isEmpty else { return heading + "\n\(say("booklet.none"))\n" }
        return heading + outcomes.pipeline.map { "\n" + PublishedCard(outcome: $0, record: record, say: say).text }.joined()
    }
}

/// The sheet of one decision: what was decided, on which version.
public struct DecisionSheet: Sendable {
    let record: PublicRecord
    let outcome: PublishedProposal
    let say: Catalogue

    public init(record: PublicRecord, outcome: PublishedProposal, say: Catalogue) {
        self.record = record
        self.outcome = outcome
        self.say = say
    }

    private var card: PublishedCard { PublishedCard(outcome: outcome, record: record, say: say) }
    private var lead: String {
        say(SentenceKey("decisions.sheet.\(outcome.outcome.rawValue)"), ["date": .text(Wording(say).date(outcome.day))])
    }

    public func document() -> [UInt8] {
        PrintedDocument(
            title: outcome.title, kind: record.terms.identity.knownAs, asOf: lead, running: record.terms.identity.shortName, say: say
        )
        .bytes {
            card.decision
            card.card(headed: false)
        }
    }

    public func text() -> String {
        "\(record.terms.identity.knownAs)\n\(lead)\n\n" + card.text + card.decisionFacts.map { "\($0.0): \($0.1)\n" }.joined()
    }
}

/// What is said of one proposal.
public struct PublishedCard: Sendable {
    let outcome: PublishedProposal
    let record: PublicRecord
    let say: Catalogue

    public init(outcome: PublishedProposal, record: PublicRecord, say: Catalogue) {
        self.outcome = outcome
        self.record = record
        self.say = say
    }

    private var wording: Wording { Wording(say) }

    /// - Parameter isHeaded: whether its title stands above it.
    public func card(headed isHeaded: Bool) -> Markup {
        let said = Markup.fragment {
            if !outcome.purpose.isEmpty { paragraphs(outcome.purpose) }
            list(facts)
        }
        guard isHeaded else { return said }
        return section(.class("block"), .id("proposal-\(outcome.id)")) {
            h2 { bdi { outcome.title } }
            div(.class("block-body")) { said }
        }
    }

    private func paragraphs(_ text: String) -> Markup {
        .fragment { text.split(separator: "\n").map { line in p { bdi { String(line) } } } }
    }

    /// What was decided on.
    public var decision: Markup { list(decisionFacts) }

    private func list(_ facts: [(String, String)]) -> Markup {
        dl(.class("facts")) {
            facts.map { term, said in
                div {
                    dt { term }
                    dd { bdi { said } }
                }
            }
        }
    }

    var decisionFacts: [(String, String)] {
        let document = say(
            "committee.version",
            [
                "document": .text(say(SentenceKey("proposal.document.\(outcome.document.rawValue)"))),
                "number": .number(outcome.version),
            ])
        return filled([
            (say("decisions.column.outcome"), say(SentenceKey("decisions.outcome.\(outcome.outcome.rawValue)"))),
            (say("committee.taken-by"), outcome.takenBy.map { say(SentenceKey("committee.taken.\($0.rawValue)")) } ?? ""),
            (say("committee.column.document"), document), (say("committee.digest"), hexadecimal(outcome.contentDigest)),
        ])
    }

    private var facts: [(String, String)] {
        let area = record.terms.thematicArea(outcome.thematicArea)?.name ?? ""
        let objectives = outcome.objectives.compactMap { number in
            record.terms.objective(number).map { "\(number) \($0.title)" }
        }
        return filled([
            (say("booklet.code"), outcome.id),
            (say("booklet.countries"), wording.list(outcome.countries.map { record.country($0)?.name ?? $0 })),
            (say("booklet.regions"), wording.list(outcome.regions.map { record.terms.region($0)?.name ?? $0 })),
            (say("booklet.budget"), (try? outcome.total(in: record.terms.currency)).map(wording.money) ?? ""),
            (say("booklet.duration"), outcome.durationMonths.map { say("booklet.months", ["count": .number($0)]) } ?? ""),
            (say("booklet.area"), area), (say("booklet.objectives"), objectives.joined(separator: "; ")),
            (say("booklet.organizations"), wording.list(outcome.organizations.map(\.name))),
            (say("booklet.national-partners"), wording.list(outcome.nationalPartners)),
            (say("booklet.local-partners"), wording.list(outcome.localAuthorities)),
            (say("booklet.since"), outcome.outcome == .pipeline ? wording.date(outcome.day) : ""),
        ])
    }

    private func filled(_ facts: [(String, String)]) -> [(String, String)] { facts.filter { !$0.1.isEmpty } }

    var text: String {
        let head = outcome.title + "\n"
        let purpose = outcome.purpose.isEmpty ? "" : outcome.purpose + "\n"
        return head + purpose + facts.map { "\($0.0): \($0.1)\n" }.joined()
    }
}

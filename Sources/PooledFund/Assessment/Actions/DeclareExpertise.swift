internal import Foundation
internal import SQL

/// Says what a reviewer knows about, and where they have an interest.
public struct DeclareExpertise: Action {
    public static let name = "declare-expertise"
    public static let hasPublicEffect = false
    public static let right = Right([.technicalReviewer], rule: "Only a technical reviewer declares expertise and interests, their own.")

    public let fund: String
    public let expertise: ReviewerExpertise

    public init(fund: String, expertise: ReviewerExpertise) {
        self.fund = fund
        self.expertise = expertise
    }

    public struct Outcome: Sendable, Hashable, Codable {
        /// How many assignments contradict an interest that is declared.
        public let conflictCount: Int
    }

    /// Of one person.
    static let countLimit = 500

    public func auditBody() throws -> [UInt8] { Array("{}".utf8) }

    public func perform(in recording: Recording) throws -> Outcome {
        let terms = try recording.terms()
        let choices = try FormChoices.read(fund, terms, in: recording.transaction)
        try check(terms, choices)
        let person = recording.performer
        let known = try ReviewerQueries.expertise(of: fund, in: recording.transaction)[person]
        if known != expertise {
            try recording.requireRoom(
                among: "reviewer_expertise WHERE fund = \(fund) AND person = \(person)", limit: Self.countLimit,
                "declarations of yours", remedy: "tell the secretariat what holds")
            func list(_ items: [String]) -> Value { .text(items.joined(separator: ";")) }
            try recording.insert(
                into: .reviewerExpertise,
                [
                    .text(person), list(expertise.areas.map(String.init)), list(expertise.regions), list(expertise.languages),
                    list(expertise.organizations), list(expertise.countries),
                ])
        }
        return Outcome(conflictCount: try conflicts(of: person, terms, recording))
    }

    private func check(_ terms: Terms, _ choices: FormChoices) throws(Refusal) {
        func unknown(_ given: [String], among known: [String], _ what: String) throws(Refusal) {
            guard let stranger = given.first(where: { !known.contains($0) }) else { return }
            throw Refusal("the fund has no \(what) “\(stranger)”", remedy: didYouMean(stranger, among: known))
        }
        try unknown(expertise.areas.map(String.init), among: terms.thematicAreas.map { String($0.number) }, "thematic area")
        try unknown(expertise.regions, among: terms.regions.map(\.id), "region")
        try unknown(expertise.organizations, among: choices.organizations.map(\.id), "organization")
        try unknown(expertise.countries, among: choices.choices(of: .countries).map(\.id), "country")
        for language in expertise.languages {
            guard (2...3).contains(language.utf8.count), language.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else {
                throw Refusal("“\(language)” is not the code of a language", remedy: "write en, fr or es")
            }
        }
        let all = [expertise.regions, expertise.languages, expertise.organizations, expertise.countries]
        guard all.allSatisfy({ Set($0).count == $0.count && $0.count <= 300 }), Set(expertise.areas).count == expertise.areas.count else {
            throw Refusal("something is named twice, or more than 300 are", remedy: "name each once")
        }
    }

    private func conflicts(of person: String, _ terms: Terms, _ recording: Recording) throws -> Int {
        let active = try ReviewerQueries.assignments(to: person, in: fund, recording.transaction).filter(\.isActive)
        return try active.count { assignment in
            let proposal = try recording.proposal(assignment.proposal)
            guard proposal.stage.isEligible, let file = try AssessmentFile.read(proposal, of: fund, terms, in: recording.transaction) else {
                return false
            }
            return !Set(expertise.organizations).isDisjoint(with: proposal.organizations)
                || !Set(expertise.countries).isDisjoint(with: file.version.facts.countries)
        }
    }
}

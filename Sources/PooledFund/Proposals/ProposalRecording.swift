internal import Crypto
internal import Ledger
internal import SQL

/// What the actions of every area do with proposals.
extension Recording {
    /// - Throws: `Refusal` if the fund has no such proposal.
    func proposal(_ code: String) throws -> Proposal {
        guard let proposal = try ProposalQueries.proposal(code, of: fund, in: transaction) else {
            throw Refusal("the fund has no proposal “\(code)”", remedy: "look for it in the list of proposals")
        }
        return proposal
    }

    /// The latest version of a document of a proposal.
    ///
    /// - Throws: `Refusal` if none was submitted.
    func latestVersion(of proposal: String, _ document: ProposalDocument) throws -> ProposalVersion {
        let currency = try terms().currency
        guard let version = try ProposalQueries.latestVersion(of: proposal, document, in: fund, currency, in: transaction) else {
            throw Refusal("nothing was submitted of “\(proposal)” yet", remedy: "wait until it is")
        }
        return version
    }

    /// Puts a proposal on record, in its first stage.
    func begin(proposal code: String, call: String, lead: String) throws {
        try insert(into: .proposal, [.text(code), .text(call), .text(lead)])
        try insert(into: .proposalOrganization, [.text(code), .text(lead), .text("lead")])
        try insert(stage: .drafting, of: code, .conceptNote, version: 0, reason: "")
    }

    /// Moves a proposal on.
    ///
    /// - Parameters:
    ///   - version: the number of the version concerned; 0 for none.
    ///   - reason: the words that its proposers are told; may be empty.
    ///   - due: of a return, the last moment at which the next version is taken; nil for no end.
    /// - Throws: `Refusal` if the stage cannot follow where the proposal stands.
    func move(
        _ proposal: Proposal, to stage: ProposalStage, _ document: ProposalDocument, version: Int, reason: String = "",
        due: Instant? = nil
    ) throws {
        guard proposal.stage.next.contains(stage) else {
            throw Refusal(
                "“\(proposal.code)” is at the stage “\(proposal.stage.rawValue)”, after which “\(stage.rawValue)” cannot come",
                remedy: "look at where it stands")
        }
        try insert(stage: stage, of: proposal.code, document, version: version, reason: reason)
        if let due { try insert(revisionDue: due, of: proposal.code, reason: "") }
    }

    /// Says until when what was returned is taken again.
    func insert(revisionDue due: Instant, of proposal: String, reason: String) throws {
        try insert(into: .revisionDue, [.text(proposal), .integer(due.microsecondsSince1970), .text(reason)])
    }

    private func insert(
        stage: ProposalStage, of proposal: String, _ document: ProposalDocument, version: Int, reason: String
    ) throws {
        try insert(
            into: .proposalStage,
            [.text(proposal), .text(stage.rawValue), .text(document.rawValue), .integer(Int64(version)), .text(reason)])
    }

    /// Seals what was submitted.
    ///
    /// - Parameter content: the answers to the form, as JSON in its canonical form.
    /// - Returns: the number of the version.
    func seal(_ content: String, _ facts: ProposalFacts, of proposal: String, _ document: ProposalDocument) throws -> Int {
        let currency = try terms().currency
        let last = try ProposalQueries.latestVersion(of: proposal, document, in: fund, currency, in: transaction)
        let number = (last?.number ?? 0) + 1
        let key: [Value] = [.text(proposal), .text(document.rawValue), .integer(Int64(number))]
        func list(_ items: [String]) -> Value { .text(items.joined(separator: ";")) }
        try insert(
            into: .proposalVersion,
            key + [
                .text(content), .bytes(Array(SHA256.hash(data: Array(content.utf8)))), .text(facts.title),
                facts.thematicArea.map { .integer(Int64($0)) } ?? .null, list(facts.objectives.map(String.init)), list(facts.countries),
                list(facts.regions), list(facts.localAuthorities), facts.durationMonths.map { .integer(Int64($0)) } ?? .null,
                .integer(try facts.budget(in: currency).minorUnits),
            ])
        for amount in facts.amounts {
            try insert(into: .proposalAmount, key + [.text(amount.organization), .integer(amount.amount.minorUnits)])
        }
        return number
    }
}

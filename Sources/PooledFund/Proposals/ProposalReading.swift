public import Ledger
internal import SQL

extension Office {
    /// The calls of a fund, the latest to open first; nil if the fund is not on record.
    public nonisolated func calls(of fund: String) async throws -> [ProposalCall]? {
        try await database.read { transaction in
            guard try TermsOnRecord.read(fund, in: transaction) != nil else { return nil }
            return try CallQueries.calls(of: fund, in: transaction)
        }
    }

    /// What was asked about the calls of a fund, oldest first. Those without an answer are for the secretariat.
    public nonisolated func callQuestions(of fund: String) async throws -> [CallQuestion] {
        try await database.read { try CallQueries.questions(of: fund, in: $0) }
    }

    /// The forms of a fund; nil if the fund is not on record.
    public nonisolated func proposalForms(of fund: String) async throws -> [ProposalForm]? {
        try await database.read { try TermsOnRecord.read(fund, in: $0)?.forms }
    }

    /// The proposals of a fund that somebody sees, in the order of their codes; nil if the fund is not on record.
    public nonisolated func proposals(seenBy visitor: SignedInPerson, in fund: String) async throws -> [ProposalSummary]? {
        try await database.read { transaction in
            guard let terms = try TermsOnRecord.read(fund, in: transaction) else { return nil }
            return try ProposalList(fund: fund, terms: terms, transaction: transaction).summaries(seenBy: visitor)
        }
    }

    /// A document of a proposal as somebody sees it; nil if there is no such proposal, or none that they may see.
    ///
    /// - Parameter document: nil for the one that the proposal has come to.
    public nonisolated func proposal(
        _ code: String, _ document: ProposalDocument? = nil, seenBy visitor: SignedInPerson, in fund: String, now: Instant
    ) async throws -> ProposalOnDesk? {
        try await database.read { transaction in
            guard let terms = try TermsOnRecord.read(fund, in: transaction),
                let proposal = try ProposalQueries.proposal(code, of: fund, in: transaction),
                let file = try ProposalFile.read(proposal, document ?? proposal.stage.document, of: fund, terms, in: transaction)
            else { return nil }
            return try DeskOfProposal(file: file, visitor: visitor, now: now, transaction: transaction).model()
        }
    }

    /// A file of a proposal with its content, for whoever sees what it belongs to; nil for everybody else.
    public nonisolated func proposalAttachment(
        _ id: String, of proposal: String, seenBy visitor: SignedInPerson, in fund: String, now: Instant
    ) async throws -> (attachment: ProposalAttachment, content: [UInt8])? {
        try await database.read { transaction in
            guard let terms = try TermsOnRecord.read(fund, in: transaction),
                let (code, attachment) = try SubmissionQueries.attachment(id, in: fund, transaction), code == proposal,
                let proposal = try ProposalQueries.proposal(code, of: fund, in: transaction),
                let file = try ProposalFile.read(proposal, attachment.document, of: fund, terms, in: transaction),
                let model = try DeskOfProposal(file: file, visitor: visitor, now: now, transaction: transaction).model()
            else { return nil }
            // Whoever sees no draft sees the files of what was submitted.
            guard model.attachments.contains(where: { $0.id == id }),
                let content = try DocumentQueries.content(attachment.digest, in: transaction)
            else { return nil }
            return (attachment, content)
        }
    }
}

/// Finds the proposals that somebody sees.
private struct ProposalList {
    let fund: String
    let terms: Terms
    let transaction: any ReadTransaction

    func summaries(seenBy visitor: SignedInPerson) throws -> [ProposalSummary] {
        let choices = try FormChoices.read(fund, terms, in: transaction)
        let reader = try ProposalReader.read(visitor, in: fund, choices, transaction)
        var versions: [ProposalDocument: [String: ProposalVersion]] = [:]
        for document in ProposalDocument.allCases {
            versions[document] = try ProposalQueries.latestVersions(
                of: document, in: fund, terms.currency, withContent: false, in: transaction)
        }
        return try ProposalQueries.proposals(of: fund, in: transaction).compactMap { proposal in
            let version =
                versions[.jointProgrammeDocument]?[proposal.code] ?? versions[.conceptNote]?[proposal.code]
            let draft = try draft(of: proposal, reader, choices)
            let countries = Set((version?.facts.countries ?? []) + (draft?.countries ?? []))
            guard let sight = reader.sight(of: proposal, countries: countries.sorted(), isSubmitted: version != nil) else { return nil }
            let title = (sight == .draft ? draft?.title : nil) ?? (sight >= .submitted ? version?.facts.title : nil) ?? ""
            return ProposalSummary(
                proposal: proposal, title: title.isEmpty ? proposal.code : title, sight: sight,
                version: sight >= .submitted ? version : nil)
        }
    }

    /// What is being written, where it may be seen: reading every draft of a fund for everybody would take too long.
    private func draft(of proposal: Proposal, _ reader: ProposalReader, _ choices: FormChoices) throws -> ProposalFacts? {
        guard let document = proposal.stage.written,
            reader.writes(proposal) || reader.holdings.contains(where: { $0.role == .residentCoordinator })
        else { return nil }
        return try ProposalFile.read(proposal, document, of: fund, terms, choices, in: transaction)?.reading().facts
    }
}

internal import Ledger
internal import SQL

/// Puts together what somebody sees of a document of a proposal.
struct DeskOfProposal {
    let file: ProposalFile
    let visitor: SignedInPerson
    let now: Instant
    let transaction: any ReadTransaction

    private var proposal: Proposal { file.proposal }
    private var isWritten: Bool { proposal.stage.written == file.document }

    /// - Returns: nil for whoever may not see it.
    func model() throws -> ProposalOnDesk? {
        let reader = try ProposalReader.read(visitor, in: file.fund, file.terms, file.choices, now: now, transaction)
        let reading = file.reading()
        let versions = try ProposalQueries.versions(
            of: proposal.code, file.document, in: file.fund, file.terms.currency, in: transaction)
        let earlier =
            try file.document == .conceptNote
            ? []
            : ProposalQueries.versions(
                of: proposal.code, .conceptNote, in: file.fund, file.terms.currency, in: transaction)
        let countries = Set(reading.facts.countries + ((versions.last ?? earlier.last)?.facts.countries ?? []))
        guard
            let sight = reader.sight(
                of: proposal, countries: countries.sorted(), isSubmitted: !(versions + earlier).isEmpty)
        else { return nil }
        let seen = sight >= .submitted ? versions : []
        let isSeenDraft = sight == .draft && isWritten
        let sections = try sections(sight, reading, reader)
        let people = sections.flatMap { [$0.draft?.author, $0.owner].compactMap { $0 } + $0.comments.map(\.author) }
        let title = [sight == .draft ? reading.facts.title : "", seen.last?.facts.title ?? "", proposal.code].first { !$0.isEmpty }
        let signings = visitor.isReadOnly ? [] : try signings(reader, seen.last)
        return ProposalOnDesk(
            fund: file.fund, proposal: proposal, call: try CallQueries.call(proposal.call, of: file.fund, in: transaction),
            title: title ?? proposal.code, sight: sight, terms: file.terms, form: file.form, choices: file.choices, sections: sections,
            reading: isSeenDraft ? reading : nil, findings: findings(isSeenDraft ? nil : seen.last, reading, isSeenDraft),
            attachments: attachments(sight, seen), versions: seen, signOffs: try signOffs(seen.last),
            stages: try ProposalQueries.stages(of: proposal.code, in: file.fund, transaction).map {
                StageReached(stage: $0.stage, since: $0.since, reason: sight >= .submitted ? $0.reason : "")
            },
            maySign: signings, writers: reader.writes(proposal) ? try writers() : [], may: steps(reader, signings),
            names: try WorkspaceQueries.particulars(of: Set(people).sorted(), in: transaction).mapValues(\.name))
    }

    // MARK: Sections

    private func sections(_ sight: ProposalSight, _ reading: FormReading, _ reader: ProposalReader) throws -> [ProposalOnDesk.Section] {
        let owners = sight == .draft ? try DraftQueries.owners(in: file.place, transaction) : [:]
        let writes = reader.writes(proposal)
        let comments = try DraftQueries.comments(in: file.place, transaction).filter {
            writes || reader.isOfficer && $0.audience == .secretariat
        }
        let asides = writes ? try DraftQueries.asides(of: visitor.id, in: file.place, transaction) : [:]
        return file.form.sections.map { section in
            let draft = sight == .draft ? file.drafts[section.id] : nil
            let aside = asides[section.id]
            return ProposalOnDesk.Section(
                section: section, draft: draft, aside: aside,
                differences: aside.map { AnswerDifference.between(draft?.answers ?? .none, $0.answers, in: section) } ?? [],
                owner: owners[section.id], comments: comments.filter { $0.section == section.id },
                completeness: sight == .draft ? reading.completeness(of: section) : nil)
        }
    }

    private func findings(_ version: ProposalVersion?, _ reading: FormReading, _ isSeenDraft: Bool) -> [RuleFinding] {
        if isSeenDraft { return file.findings(reading) }
        guard let version else { return [] }
        return file.findings(of: version)
    }

    /// Whoever does not write sees the files that the versions name.
    private func attachments(_ sight: ProposalSight, _ versions: [ProposalVersion]) -> [ProposalAttachment] {
        switch sight {
        case .draft: file.attachments
        case .submitted:
            file.attachments.filter { file in versions.contains { $0.content.contains("\"sha256\":\"\(hexadecimal(file.digest))\"") } }
        case .listed: []
        }
    }

    // MARK: Signatures

    private func signOffs(_ version: ProposalVersion?) throws -> [ProposalOnDesk.SignOffAsked] {
        guard let version else { return [] }
        let given = try SubmissionQueries.signOffs(of: proposal.code, in: file.fund, transaction).filter {
            $0.document == version.document && $0.version == version.number
        }
        return file.form.signatures.flatMap { signature -> [ProposalOnDesk.SignOffAsked] in
            let own = given.filter { $0.party == signature.party }
            func asked(_ organization: String?, _ signed: SignOff?) -> ProposalOnDesk.SignOffAsked {
                ProposalOnDesk.SignOffAsked(
                    party: signature.party, label: signature.label, isRequired: signature.isRequired, organization: organization,
                    signed: signed)
            }
            if signature.party == .organizations {
                return proposal.organizations.map { id in asked(id, own.first { $0.organization == id }) }
            }
            return own.isEmpty ? [asked(nil, nil)] : own.map { asked($0.organization, $0) }
        }
    }

    // MARK: What may be done

    private func steps(_ reader: ProposalReader, _ signings: [ProposalOnDesk.Signing]) -> Set<ProposalOnDesk.Step> {
        guard !visitor.isReadOnly else { return [] }
        var steps: Set<ProposalOnDesk.Step> = []
        let isLead = reader.isFocalPoint(of: proposal.lead)
        if reader.writes(proposal) {
            if !proposal.stage.isFinal { steps.insert(.comment) }
            if isWritten { steps.insert(.write) }
        }
        if isLead, isWritten { steps.formUnion([.submit, .changeOrganizations]) }
        if isLead, proposal.stage.next.contains(.withdrawn) { steps.insert(.withdraw) }
        if isWritten, proposal.organizations.contains(where: { $0 != proposal.lead && reader.isFocalPoint(of: $0) }) {
            steps.insert(.leave)
        }
        if reader.isOfficer, proposal.stage.returned != nil || proposal.stage.isReturned { steps.insert(.returnToWriters) }
        if !signings.isEmpty { steps.insert(.signOff) }
        return steps
    }

    /// The signatures that the reader could give and that are not given yet.
    private func signings(_ reader: ProposalReader, _ version: ProposalVersion?) throws -> [ProposalOnDesk.Signing] {
        guard let version, proposal.stage.isSignedOff(version.document) else { return [] }
        let given = try SubmissionQueries.signOffs(of: proposal.code, in: file.fund, transaction).filter {
            $0.document == version.document && $0.version == version.number
        }
        return file.form.signatures.flatMap { signature -> [ProposalOnDesk.Signing] in
            let organizations = reader.holdings.filter { holding in
                SignOffRule(signature.party, proposal, version, file.form, file.choices).lets(holding)
                    && !given.contains { $0.party == signature.party && $0.organization == holding.organization }
            }.map(\.organization)
            return Set(organizations).sorted().map {
                ProposalOnDesk.Signing(party: signature.party, label: signature.label, organization: $0)
            }
        }
    }

    private func writers() throws -> [ProposalOnDesk.Writer] {
        let today = try FundDays(timeZone: file.terms.identity.timeZone).day(of: now)
        let people = try PeopleQueries.holdings(inFund: file.fund, in: transaction).filter {
            ProposalReader.writers.contains($0.role) && $0.isCurrent(today: today, now: now)
                && proposal.organizations.contains($0.organization)
        }.map(\.person)
        return try WorkspaceQueries.particulars(of: Set(people).sorted(), in: transaction).map {
            ProposalOnDesk.Writer(id: $0.key, name: $0.value.name)
        }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }
}

extension ProposalFile {
    /// What the program finds of the criteria in a version that was submitted.
    func findings(of version: ProposalVersion) -> [RuleFinding] {
        let counts = Dictionary(grouping: attachments, by: \.field).mapValues(\.count)
        let reading = FormReader(
            form: form, terms: terms, choices: choices, organizations: proposal.organizations, answers: version.answers, files: counts
        ).reading()
        return findings(reading)
    }
}

extension ProposalStage {
    /// The stage to which the secretariat returns what was submitted; nil where nothing is to be returned.
    var returned: ProposalStage? {
        switch self {
        case .submitted, .eligible, .assessed, .deferred: .returned
        case .documentSubmitted, .documentEligible: .documentReturned
        default: nil
        }
    }

    /// Whether signatures are collected for a document: from its submission until it is decided.
    func isSignedOff(_ document: ProposalDocument) -> Bool {
        switch self {
        case .submitted, .eligible, .assessed, .deferred: document == .conceptNote
        case .documentSubmitted, .documentEligible: document == .jointProgrammeDocument
        default: false
        }
    }
}

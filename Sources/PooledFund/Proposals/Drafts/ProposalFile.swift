internal import Ledger
internal import SQL

/// A document of a proposal with all that it is made of while it is written.
struct ProposalFile {
    let fund: String
    let terms: Terms
    let form: ProposalForm
    let choices: FormChoices
    let proposal: Proposal
    let drafts: [String: SectionDraft]
    /// Those of the document that are there.
    let attachments: [ProposalAttachment]

    var document: ProposalDocument { form.document }
    var place: DraftQueries.Place { DraftQueries.Place(fund: fund, proposal: proposal.code, document: document) }

    /// - Returns: nil if the fund's Terms have no form for the document.
    static func read(
        _ proposal: Proposal, _ document: ProposalDocument, of fund: String, _ terms: Terms, _ choices: FormChoices? = nil,
        in transaction: any ReadTransaction
    ) throws -> ProposalFile? {
        guard let form = terms.form(document) else { return nil }
        let place = DraftQueries.Place(fund: fund, proposal: proposal.code, document: document)
        return ProposalFile(
            fund: fund, terms: terms, form: form, choices: try choices ?? FormChoices.read(fund, terms, in: transaction),
            proposal: proposal,
            drafts: try DraftQueries.drafts(of: place, in: transaction),
            attachments: try SubmissionQueries.attachments(of: proposal.code, in: fund, transaction).filter {
                $0.document == document && !$0.isRemoved
            })
    }

    /// What the document would be if it were submitted as it is.
    func reading() -> FormReading {
        FormReader(
            form: form, terms: terms, choices: choices, organizations: proposal.organizations, answers: drafts.mapValues(\.answers),
            files: Dictionary(grouping: attachments, by: \.field).mapValues(\.count)
        ).reading()
    }

    func findings(_ reading: FormReading) -> [RuleFinding] {
        RuleReader(terms: terms, form: form, choices: choices, organizations: proposal.organizations).findings(reading)
    }

    // MARK: The content that is sealed

    /// The answers with what the document is of, as JSON in its one canonical form.
    func content() -> String {
        let sections = form.sections.compactMap { section -> (String, InputValue)? in
            guard let answers = drafts[section.id]?.answers, !answers.values.isEmpty else { return nil }
            return (section.id, .object(answers.values))
        }
        let files = attachments.enumerated().map { number, file in
            InputValue.Item(
                key: String(number + 1),
                value: .object([
                    "field": .text(file.field), "name": .text(file.name), "media_type": .text(file.mediaType),
                    "size": .integer(Int64(file.size)), "sha256": .text(hexadecimal(file.digest)),
                ]))
        }
        return InputValue.object([
            "fund": .text(fund), "proposal": .text(proposal.code), "document": .text(document.rawValue), "lead": .text(proposal.lead),
            "organizations": .texts(proposal.organizations), "sections": .object(Dictionary(uniqueKeysWithValues: sections)),
            "attachments": .list(files),
        ]).canonicalJSON
    }
}

extension ProposalVersion {
    /// The files that were submitted with it: of which field, and the SHA-256 of each in hexadecimal digits.
    var attachments: [(field: String, digest: String)] {
        guard let content = InputValue(stored: content) else { return [] }
        return (content["attachments"]?.elements ?? []).compactMap { item in
            guard let field = item["field"]?.string, let digest = item["sha256"]?.string else { return nil }
            return (field, digest)
        }
    }

    /// What was answered, by the ids of the sections.
    public var answers: [String: SectionAnswers] {
        guard let content = InputValue(stored: content), case .object(let sections) = content["sections"] else { return [:] }
        return sections.compactMapValues { value in
            if case .object(let values) = value { SectionAnswers(values) } else { nil }
        }
    }

    /// The names of the files that answer a field.
    public func fileNames(of field: String) -> [String] {
        (InputValue(stored: content)?["attachments"]?.elements ?? []).compactMap { file in
            file["field"]?.string == field ? file["name"]?.string : nil
        }
    }

    /// What another version answers otherwise, in the order of the form.
    public func differences(to later: ProposalVersion, in form: ProposalForm) -> [AnswerDifference] {
        differences(to: later.answers, in: form)
    }

    /// What is answered otherwise, by the ids of the sections.
    public func differences(to after: [String: SectionAnswers], in form: ProposalForm) -> [AnswerDifference] {
        let before = answers
        return form.sections.flatMap {
            AnswerDifference.between(before[$0.id] ?? .none, after[$0.id] ?? .none, in: $0)
        }
    }
}

extension ProposalStage {
    /// The document that the stage is about; for a stage that either may come to, the concept note.
    public var document: ProposalDocument {
        switch self {
        case .invited, .documentSubmitted, .documentReturned, .documentEligible, .approved: .jointProgrammeDocument
        default: .conceptNote
        }
    }
}

/// A proposal in a list.
public struct ProposalSummary: Sendable, Identifiable {
    public var id: String { proposal.code }
    public let proposal: Proposal
    /// Of the latest version that the reader may see, or of what is being written; the code where there is none.
    public let title: String
    public let sight: ProposalSight
    /// What was submitted last, without its content; nil if nothing was, or the reader may not see it.
    public let version: ProposalVersion?
}

/// A document of a proposal as somebody who may see it does.
public struct ProposalOnDesk: Sendable {
    public let fund: String
    public let proposal: Proposal
    /// Nil for one that came without a call.
    public let call: ProposalCall?
    public let title: String
    public let sight: ProposalSight
    public let terms: Terms
    public let form: ProposalForm
    public let choices: FormChoices
    /// Each section of the form; without answers for whoever does not see what is being written.
    public let sections: [Section]
    /// What is missing and wrong in what is being written; nil for whoever does not see it, and while nothing is being written.
    public let reading: FormReading?
    /// What the program finds of the criteria: of what is being written, otherwise of what was submitted last.
    public let findings: [RuleFinding]
    /// The files of the document that are there, and for whoever writes those that were.
    public let attachments: [ProposalAttachment]
    /// Of the document, oldest first; none for whoever only sees that there is a proposal.
    public let versions: [ProposalVersion]
    /// Who is asked to sign off the latest version, and who has.
    public let signOffs: [SignOffAsked]
    /// The stages that the proposal came to, oldest first; without the words for whoever only sees that there is a proposal.
    public let stages: [StageReached]
    /// The signatures that the reader may give and has not.
    public let maySign: [Signing]
    /// Those who write, who may look after a section; none for whoever does not write.
    public let writers: [Writer]
    public let may: Set<Step>
    /// The names of those who wrote, by their ids; without those who were erased.
    public let names: [String: String]

    public var document: ProposalDocument { form.document }

    /// Whether every party that must has signed off the latest version.
    public var isSignedOff: Bool { !signOffs.isEmpty && signOffs.allSatisfy { !$0.isRequired || $0.signed != nil } }

    public struct Section: Sendable, Identifiable {
        public var id: String { section.id }
        public let section: ProposalForm.Section
        /// Nil if nothing was saved yet.
        public let draft: SectionDraft?
        /// What the reader wrote while somebody else saved, and has to look at.
        public let aside: DraftAside?
        /// Field by field, what was saved (before) and what the reader wrote beside it (after).
        public let differences: [AnswerDifference]
        /// The id of whoever looks after it.
        public let owner: String?
        public let comments: [SectionComment]
        /// Nil for whoever does not see what is being written.
        public let completeness: FormReading.Completeness?

        public var answers: SectionAnswers { draft?.answers ?? .none }
        /// What whoever saves next has read.
        public var revision: Int { draft?.revision ?? 0 }
    }

    /// A signature that is asked for.
    public struct SignOffAsked: Sendable, Hashable {
        public let party: ProposalForm.Signature.Party
        /// As the form calls it.
        public let label: String
        public let isRequired: Bool
        /// The organization that is to sign; nil where any of the party does.
        public let organization: String?
        /// Nil as long as it waits.
        public let signed: SignOff?
    }

    /// A signature that somebody may give.
    public struct Signing: Sendable, Hashable {
        public let party: ProposalForm.Signature.Party
        public let label: String
        public let organization: String
    }

    public struct Writer: Sendable, Hashable, Identifiable {
        public let id: String
        public let name: String
    }

    /// What it is worth offering to the reader. The door asks again.
    public enum Step: String, Sendable, Hashable, CaseIterable {
        case write
        case comment
        case submit
        case changeOrganizations = "change-organizations"
        case leave
        case withdraw
        case signOff = "sign-off"
        case returnToWriters = "return-to-writers"
    }
}

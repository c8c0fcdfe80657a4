/// What a document of a proposal asks for: the fund's own form, as its Terms have it.
public struct ProposalForm: Sendable, Hashable, Identifiable {
    public var id: ProposalDocument { document }
    public let document: ProposalDocument
    public let title: String
    /// What the document is for, to those who write it; may be empty.
    public let help: String
    public let sections: [Section]
    /// Who signs off what was submitted.
    public let signatures: [Signature]
    public let standing: Standing

    /// A part of the form that is written and saved by itself.
    public struct Section: Sendable, Hashable, Identifiable {
        public let id: String
        public let title: String
        public let help: String
        public let fields: [ProposalField]

        public func field(_ id: String) -> ProposalField? { fields.first { $0.id == id } }
    }

    public func section(_ id: String) -> Section? { sections.first { $0.id == id } }

    /// Every field that is not within rows, with the section that it is in.
    public var fields: [(section: Section, field: ProposalField)] { sections.flatMap { section in section.fields.map { (section, $0) } } }

    /// The section with the budget and what is asked of the budget; nil for a form without one.
    public var budget: (section: Section, field: ProposalField, asked: ProposalField.BudgetAsked)? {
        for (section, field) in fields {
            if case .budget(let asked) = field.kind { return (section, field, asked) }
        }
        return nil
    }

    /// A party that signs off the very version that was submitted.
    public struct Signature: Sendable, Hashable, Identifiable {
        public var id: Party { party }
        public let party: Party
        /// As the party is called on the form.
        public let label: String
        public let isRequired: Bool

        public enum Party: String, Sendable, Hashable, CaseIterable, Codable {
            /// Each organization that takes part.
            case organizations
            case residentCoordinator = "resident-coordinator"
            case government
            case localAuthorities = "local-authorities"

            /// Whose holders sign for the party.
            public var role: Role {
                switch self {
                case .organizations: .participatingOrganizationFocalPoint
                case .residentCoordinator: .residentCoordinator
                case .government: .governmentCounterpart
                case .localAuthorities: .localAuthority
                }
            }
        }
    }
}

/// A field of a form.
public struct ProposalField: Sendable, Hashable, Identifiable {
    public let id: String
    public let label: String
    public let help: String
    public let kind: Kind
    public let isRequired: Bool
    /// What lists and rules take from the answer; nil if nothing.
    public let fact: Fact?

    public indirect enum Kind: Sendable, Hashable {
        /// One line.
        case text(TextLimit)
        /// Several lines.
        case lines(TextLimit)
        case wholeNumber(ClosedRange<Int>)
        case day
        case choice(ChoiceList)
        /// Several of a list.
        case choices(ChoiceList, atMost: Int)
        /// Rows of fields, none of which has rows, files or a budget.
        case rows([ProposalField], atMost: Int)
        case file(FileAsked)
        case budget(BudgetAsked)
    }

    /// What a rule may ask for, or a list show.
    public enum Fact: String, Sendable, Hashable, CaseIterable {
        case title
        case thematicArea = "thematic-area"
        case objectives
        case countries
        case regions
        /// Of rows or of a field in them: what the local authorities are called.
        case localAuthorities = "local-authorities"
        /// Of rows or of a field in them: the line entities of government.
        case governmentEntities = "government-entities"
        case durationMonths = "duration-months"
        /// What it is for, as the booklet of the pipeline says it.
        case purpose
    }

    public struct TextLimit: Sendable, Hashable {
        public let count: Int
        public let unit: Unit

        public enum Unit: String, Sendable, Hashable, CaseIterable {
            /// What stands between white space.
            case words
            /// Unicode scalars.
            case characters
        }

        /// How long a text is, in the unit.
        public func length(of text: String) -> Int {
            switch unit {
            case .words: text.unicodeScalars.split { $0.properties.isWhitespace }.count
            case .characters: text.unicodeScalars.count
            }
        }
    }

    /// Where the choices come from.
    public enum ChoiceList: Sendable, Hashable {
        case own([FormChoice])
        case thematicAreas
        case objectives
        case countries
        case regions
        case principles
        case organizations
        /// Those of one kind.
        case organizationsOfKind(Organization.Kind)
        /// The scale of a marker, by its id.
        case marker(String)
    }

    public struct FileAsked: Sendable, Hashable {
        public let category: String
        /// Whether the public may see it once the proposal is approved.
        public let isPublic: Bool
        public let atMost: Int
    }

    public struct BudgetAsked: Sendable, Hashable {
        /// The id of the fee that gives the rate of indirect costs; nil if there are none.
        public let fee: String?
        /// How many years there may be.
        public let years: Int
        /// Whether the direct costs are given by output besides.
        public let hasOutputs: Bool
    }
}

/// Something that can be chosen.
public struct FormChoice: Sendable, Hashable, Identifiable {
    public let id: String
    public let label: String

    public init(id: String, label: String) {
        self.id = id
        self.label = label
    }
}

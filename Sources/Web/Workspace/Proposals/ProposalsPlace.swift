internal import PooledFund

/// A page of calls and proposals of a fund, for those who are signed in.
enum ProposalsPlace: Hashable, Sendable {
    case list
    case proposal(String)
    /// A section of the form that is being written, by the proposal's code and the section's id.
    case section(String, String)
    case budget(String)
    /// The budget as a sheet.
    case budgetFile(String, SheetFormat)
    /// The whole document as it is read.
    case preview(String)
    /// Two versions field by field.
    case compare(String)
    /// The form to be filled in elsewhere, and taken back.
    case offline(String)
    /// The form as a Word file.
    case wordForm(String)
    case signaturePage(String)
    case signOff(String)
    /// A file, by its id.
    case file(String, String)
    case calls
    case call(String)

    enum SheetFormat: String, Sendable, Hashable, CaseIterable {
        case csv
        case xlsx

        var fileName: String { "budget.\(rawValue)" }
    }

    static let wordFormName = "form.docx"
    /// The names of files, which hold a full stop as no id does.
    static let fileNames = SheetFormat.allCases.map(\.fileName) + [wordFormName]

    /// - Parameter segments: what follows the fund in the path.
    init?(segments: [String]) {
        guard let first = segments.first else { return nil }
        let rest = Array(segments.dropFirst())
        switch (first, rest.count) {
        case ("calls", 0): self = .calls
        case ("calls", 1): self = .call(rest[0])
        case ("proposals", 0): self = .list
        case ("proposals", 1): self = .proposal(rest[0])
        case ("proposals", 2):
            guard let place = Self.part(rest[0], rest[1]) else { return nil }
            self = place
        case ("proposals", 3) where rest[1] == "sections": self = .section(rest[0], rest[2])
        case ("proposals", 3) where rest[1] == "files": self = .file(rest[0], rest[2])
        default: return nil
        }
        guard self.segments == segments, segments.dropLast().allSatisfy(isIdentifier) else { return nil }
    }

    private static func part(_ code: String, _ name: String) -> ProposalsPlace? {
        switch name {
        case "budget": .budget(code)
        case "preview": .preview(code)
        case "compare": .compare(code)
        case "offline": .offline(code)
        case "signature-page": .signaturePage(code)
        case "sign-off": .signOff(code)
        case wordFormName: .wordForm(code)
        default: SheetFormat.allCases.first { $0.fileName == name }.map { .budgetFile(code, $0) }
        }
    }

    var segments: [String] {
        switch self {
        case .list: ["proposals"]
        case .proposal(let code): ["proposals", code]
        case .section(let code, let id): ["proposals", code, "sections", id]
        case .budget(let code): ["proposals", code, "budget"]
        case .budgetFile(let code, let format): ["proposals", code, format.fileName]
        case .preview(let code): ["proposals", code, "preview"]
        case .compare(let code): ["proposals", code, "compare"]
        case .offline(let code): ["proposals", code, "offline"]
        case .wordForm(let code): ["proposals", code, Self.wordFormName]
        case .signaturePage(let code): ["proposals", code, "signature-page"]
        case .signOff(let code): ["proposals", code, "sign-off"]
        case .file(let code, let id): ["proposals", code, "files", id]
        case .calls: ["calls"]
        case .call(let code): ["calls", code]
        }
    }

    /// The page above it; nil for a list, which stands below the desk.
    var parent: ProposalsPlace? {
        switch self {
        case .list, .calls: nil
        case .proposal: .list
        case .call: .calls
        case .budgetFile(let code, _): .budget(code)
        case .wordForm(let code): .offline(code)
        case .section(let code, _), .budget(let code), .preview(let code), .compare(let code), .offline(let code),
            .signaturePage(let code), .signOff(let code), .file(let code, _):
            .proposal(code)
        }
    }

    /// The list that it belongs to.
    var list: ProposalsPlace {
        switch self {
        case .calls, .call: .calls
        default: .list
        }
    }

    /// The code of the proposal that it is about.
    var proposal: String? {
        switch self {
        case .list, .calls, .call: nil
        case .proposal(let code), .section(let code, _), .budget(let code), .budgetFile(let code, _), .preview(let code),
            .compare(let code), .offline(let code), .wordForm(let code), .signaturePage(let code), .signOff(let code), .file(let code, _):
            code
        }
    }

    /// Whether a form of it carries files, or texts that are longer than those of other forms.
    var takesFiles: Bool {
        switch self {
        case .section, .budget, .offline, .signOff: true
        default: false
        }
    }

    /// Whether it writes by itself what is typed, and counts as one types.
    var hasScript: Bool {
        switch self {
        case .section, .budget: true
        default: false
        }
    }
}

extension ProposalsPlace {
    /// Where somebody goes on who did something by the form of an action; nil for actions on other things.
    ///
    /// - Parameter value: what was typed into a field.
    init?(after action: String, _ value: (String) -> String?) {
        switch action {
        case OpenCall.name: self = .calls
        case AmendCall.name, AskQuestion.name:
            guard let code = value("call"), isIdentifier(code) else { return nil }
            self = .call(code)
        case AnswerQuestion.name: self = .calls
        case StartProposal.name:
            guard let code = value("code"), isIdentifier(code) else { return nil }
            self = .proposal(code)
        default:
            // Taken back or left, a proposal may be there for its reader no more.
            guard RequestedActions.named(action) != nil, let code = value("proposal"), isIdentifier(code),
                action != RemoveOrganization.name
            else { return nil }
            self = .proposal(code)
        }
    }
}

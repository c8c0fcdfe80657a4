internal import HTML
internal import PooledFund

/// A page of the committee, below `/workspace/funds/{fund}/committee`.
enum CommitteePlace: Hashable, Sendable {
    case meetings
    case meeting(String)
    /// A file.
    case paper(meeting: String, String)
    case slates
    case slate(String)
    case comparison
    /// Selections that the program suggests.
    case suggestions
    case pipeline

    static let segment = "committee"
    static let readers: (roles: Set<Role>, rule: String) = (
        [.steeringCommitteeMember, .steeringCommitteeAlternate, .fundManagementUnitOfficer, .auditor],
        "Only those who hold a seat of the committee see its work, officers of the Fund Management Unit, and auditors."
    )

    /// - Parameter segments: what follows `committee` in the path.
    init?(segments: [String]) {
        switch (segments.first, segments.count) {
        case (nil, 0): self = .meetings
        case ("meetings", 2): self = .meeting(segments[1])
        case ("meetings", 4) where segments[2] == "papers": self = .paper(meeting: segments[1], segments[3])
        case ("slates", 1): self = .slates
        case ("slates", 2):
            switch segments[1] {
            case Self.comparisonName: self = .comparison
            case Self.suggestionsName: self = .suggestions
            default: self = .slate(segments[1])
            }
        case ("pipeline", 1): self = .pipeline
        default: return nil
        }
    }

    private static let comparisonName = "compare"
    private static let suggestionsName = "suggestions"

    var segments: [String] {
        switch self {
        case .meetings: []
        case .meeting(let id): ["meetings", id]
        case .paper(let meeting, let id): ["meetings", meeting, "papers", id]
        case .slates: ["slates"]
        case .slate(let id): ["slates", id]
        case .comparison: ["slates", Self.comparisonName]
        case .suggestions: ["slates", Self.suggestionsName]
        case .pipeline: ["pipeline"]
        }
    }

    /// Nil for the first page.
    var parent: CommitteePlace? {
        switch self {
        case .meetings: nil
        case .paper(let meeting, _): .meeting(meeting)
        case .slate, .comparison, .suggestions: .slates
        case .meeting, .slates, .pipeline: .meetings
        }
    }

    func name(_ say: Catalogue) -> String {
        switch self {
        case .meetings, .meeting, .paper: say("committee.title")
        case .slates, .slate, .comparison, .suggestions: say("committee.slates.title")
        case .pipeline: say("committee.pipeline.title")
        }
    }

    /// Where what waits on a desk is done; nil for what is not of the committee.
    init?(_ item: DeskItem) {
        switch item.subject {
        case .meeting(let id, _): self = .meeting(id)
        case .proposal where item.kind == .agendaWaits: self = .meetings
        case .proposal where item.kind == .pipelineExpiryDue: self = .pipeline
        default: return nil
        }
    }

    /// Where an action leads that was performed; nil for one that is not of the committee.
    init?(after action: any RequestedAction.Type, _ form: ActionForm) {
        func id(_ field: String) -> String? { form.value(field).flatMap { isIdentifier($0) ? $0 : nil } }
        switch action.name {
        case ConveneMeeting.name, OpenNoObjection.name: self = id("code").map(CommitteePlace.meeting) ?? .meetings
        case AmendMeeting.name, AttachPaper.name, RecordAttendance.name, CloseMeeting.name, AnswerItem.name, CommentItem.name,
            ProposeSlate.name, RecordDecision.name:
            self = id("meeting").map(CommitteePlace.meeting) ?? .meetings
        case DeclareInterest.name, NoteEarmark.name: self = .meetings
        case SaveSlate.name: self = id("code").map(CommitteePlace.slate) ?? .slates
        case InviteDocument.name, ExpirePipeline.name, ReconfirmPipeline.name, Recost.name: self = .pipeline
        default: return nil
        }
    }
}

extension WorkspaceContext {
    func committeePage(_ place: CommitteePlace, of fund: String) async throws -> WorkspacePage {
        switch place {
        case .meetings: try await committeeMeetingsPage(fund)
        case .meeting(let id): try await meetingPage(id, fund)
        case .slates: try await slatesPage(fund)
        case .slate(let id): try await slatePage(id, fund)
        case .comparison: try await slateComparisonPage(fund)
        case .suggestions: try await suggestionsPage(fund)
        case .pipeline: try await pipelinePage(fund)
        case .paper: throw Failure.notFound
        }
    }

    /// A paper of a meeting: it goes by its digest, since the name that it was sent under may hold anything.
    func paperFile(_ id: String, of meeting: String, in fund: String) async throws -> WorkspaceFile {
        guard let (paper, content) = try await office.paper(id, of: meeting, in: fund, seenBy: visitor, now: now) else {
            throw Failure.notFound
        }
        let ending = paper.mediaType.split(separator: "/").last.map { String($0.filter { $0.isLetter || $0.isNumber }) } ?? "bin"
        return WorkspaceFile(
            contentType: paper.mediaType, name: "paper-\(hexadecimal(paper.digest).prefix(12)).\(ending)", bytes: content)
    }

    func committeeLink(_ place: CommitteePlace, _ fund: String, _ text: String) -> Markup { link(.committee(fund: fund, place), text) }

    /// A form that does at once what it says: nothing follows from it that would have to be looked at first.
    func inlineForm(_ action: String, in fund: String, _ button: String, fields: [FormField], hidden: [(String, String)]) -> Markup {
        Form(
            action: Self.address(.action(fund: fund, action)),
            fields: fields + hidden.map { .hidden($0.0, $0.1) } + [
                .hidden(ActionForm.key, uuid()), .hidden(ActionForm.step, ActionForm.Step.perform.rawValue),
            ], buttons: [FormButton(label: button, weight: .secondary)]
        ).markup(say)
    }
}

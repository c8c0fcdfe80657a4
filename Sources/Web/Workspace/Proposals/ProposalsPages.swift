internal import HTML
internal import HTTPTypes
internal import Ledger
internal import OfficeFiles
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// - Throws: 404 for a proposal that is not there, or not for the visitor to see.
    func proposalsPage(_ fund: String, _ place: ProposalsPlace) async throws -> WorkspacePage {
        switch place {
        case .list: return try await proposalListPage(fund)
        case .calls: return try await callsPage(fund)
        case .call(let code): return try await callPage(fund, code)
        case .proposal(let code): return try await desk(of: code, fund).proposalPage()
        case .section(let code, let id): return try await desk(of: code, fund).sectionPage(id)
        case .budget(let code): return try await desk(of: code, fund).budgetPage()
        case .preview(let code): return try await desk(of: code, fund).previewPage()
        case .compare(let code): return try await desk(of: code, fund).comparePage()
        case .offline(let code): return try await desk(of: code, fund).offlinePage()
        case .signaturePage(let code): return try await desk(of: code, fund).signaturePage()
        case .signOff(let code): return try await desk(of: code, fund).signOffPage()
        case .budgetFile, .wordForm, .file: throw Failure.notFound
        }
    }

    func submitProposals(_ fund: String, _ place: ProposalsPlace, _ form: any NamedValues) async throws -> WorkspaceAnswer {
        let files = (form as? MultipartBody)?.files ?? []
        do {
            switch place {
            case .section(let code, let id): return try await desk(of: code, fund, form).submitSection(id, form, files)
            case .budget(let code): return try await desk(of: code, fund, form).submitBudget(form, files)
            case .offline(let code): return try await desk(of: code, fund, form).submitOffline(form, files)
            case .signOff(let code): return try await desk(of: code, fund, form).submitSignOff(form, files)
            default: throw Failure(.methodNotAllowed, "error.method")
            }
        } catch is OutcomeUnknown {
            throw Failure(.serviceUnavailable, "action.problem.unknown-form")
        } catch let refusal as Refusal where refusal.kind == .right {
            throw Failure(.forbidden, "error.rule", ["value": refusal.sentence])
        }
    }

    /// Whether files are taken at all of the visitor; whether the document still is to be written is said when they were read, so that nothing typed
    /// is lost.
    ///
    /// - Throws: 404 for a proposal that is not there, or not for the visitor to see; 403 with the rule for whoever has no role that sends files.
    func requireSender() async throws {
        guard case .proposals(let fund, let place) = place, let code = place.proposal else { return }
        _ = try await desk(of: code, fund)
        let right = if case .signOff = place { SignOffProposal.right } else { SaveSection.right }
        guard roles.isDisjoint(with: right.roles) else { return }
        throw Failure(.forbidden, "error.rule", ["value": right.rule])
    }

    func proposalsFile(_ fund: String, _ place: ProposalsPlace) async throws -> WorkspaceFile? {
        switch place {
        case .budgetFile(let code, let format): return try await desk(of: code, fund).budgetFile(format)
        case .wordForm(let code): return try await desk(of: code, fund).wordFormFile()
        case .file(let code, let id): return try await proposalFile(code, id, fund)
        default: return nil
        }
    }

    private func proposalFile(_ code: String, _ id: String, _ fund: String) async throws -> WorkspaceFile {
        guard let (attachment, content) = try await office.proposalAttachment(id, of: code, seenBy: visitor, in: fund, now: now) else {
            throw Failure.notFound
        }
        return WorkspaceFile(
            contentType: attachment.mediaType,
            // The name that it was sent under may hold anything.
            name: "\(code)-\(attachment.field)-\(hexadecimal(attachment.digest).prefix(8)).\(nameExtension(of: attachment))", bytes: content
        )
    }

    /// - Parameter form: what was sent, which may name the document as the query does.
    func desk(of code: String, _ fund: String, _ form: (any NamedValues)? = nil) async throws -> ProposalDesk {
        var document: ProposalDocument?
        if let text = form?.first("document") ?? query.first("document"), !text.isEmpty {
            guard let known = ProposalDocument(rawValue: text) else { throw unreadable("document") }
            document = known
        }
        guard let model = try await office.proposal(code, document, seenBy: visitor, in: fund, now: now) else { throw Failure.notFound }
        return ProposalDesk(context: self, model: model, days: try FundDays(timeZone: model.terms.identity.timeZone))
    }
}

/// What the pages of one proposal are made of.
struct ProposalDesk: Sendable {
    let context: WorkspaceContext
    let model: ProposalOnDesk
    let days: FundDays

    var say: Catalogue { context.say }
    var wording: Wording { context.wording }
    var fund: String { model.fund }
    var code: String { model.proposal.code }
    var currency: Currency { model.terms.currency }
    var document: ProposalDocument { model.document }

    /// Whether what is being written is there to be seen.
    var seesDraft: Bool { model.reading != nil }
    var writes: Bool { model.may.contains(.write) }

    /// The same proposal as it stands by now.
    func again() async throws -> ProposalDesk {
        let model = try await context.office.proposal(code, document, seenBy: context.visitor, in: fund, now: context.now)
        guard let model else { throw Failure.notFound }
        return ProposalDesk(context: context, model: model, days: days)
    }

    // MARK: Addresses

    /// A page of the proposal. The document stands in the address unless it is the one that the proposal has come to.
    func address(_ place: ProposalsPlace, _ query: [(String, String)] = []) -> Address {
        let named = document == model.proposal.stage.document ? [] : [("document", document.rawValue)]
        return WorkspaceContext.address(.proposals(fund: fund, place), query: named + query)
    }

    func link(_ place: ProposalsPlace, _ text: String, _ query: [(String, String)] = []) -> Markup {
        a(.href(address(place, query))) { text }
    }

    /// The form of an action, with the proposal filled in.
    func action(_ name: String, _ fields: [(String, String)] = []) -> Address {
        context.actionAddress(name, in: fund, [("proposal", code)] + fields)
    }

    // MARK: Words

    func organization(_ id: String) -> String { model.choices.organization(id)?.name ?? id }

    func person(_ id: String) -> String { model.names[id] ?? context.name(id, nil) }

    func moment(_ instant: Instant) -> Markup { context.moment(instant, days) }

    var documentName: String { say(SentenceKey("proposal.document.\(document.rawValue)")) }

    func stageTag(_ stage: ProposalStage) -> Markup {
        span(.class("status stage-\(stage.rawValue)")) { wording.stage(stage) }
    }

    /// What a field is called, with the row and the column where it is in rows: `Partners, row 2, Name`.
    func label(of path: String, in section: ProposalForm.Section) -> String {
        let parts = path.split(separator: ".").map(String.init)
        guard let first = parts.first, let field = section.field(first) else { return path }
        guard parts.count == 3, let row = wholeNumber(parts[1]) else { return field.label }
        var column = parts[2]
        if case .rows(let columns, _) = field.kind { column = columns.first { $0.id == parts[2] }?.label ?? column }
        if case .budget = field.kind { column = say(SentenceKey("writing.budget.column.\(parts[2])")) }
        return say("writing.row", ["field": .text(field.label), "number": .number(row), "column": .text(column)])
    }

    func page(_ title: String, lead: Markup = .empty, notice: PageNotice? = nil, _ content: Markup) -> WorkspacePage {
        WorkspacePage(
            title: title, lead: lead, notice: notice ?? doneNotice, content: content,
            names: [.proposals(fund: fund, .proposal(code)): model.title])
    }

    /// What was done a moment ago, as the address says; whoever makes up such an address reads a sentence, and nothing more.
    private var doneNotice: PageNotice? {
        guard let done = context.query.first("done") else { return nil }
        if RequestedActions.named(done) != nil {
            return PageNotice(kind: .success, text: .text(say("writing.did", ["action": .text(say(SentenceKey("action.\(done)")))])))
        }
        guard let kind = Done(rawValue: done) else { return nil }
        return PageNotice(
            kind: kind == .differing ? .warning : .success, text: .text(say(SentenceKey("writing.done.\(kind.rawValue)"))))
    }

    /// What a form brought about.
    enum Done: String {
        case saved
        case differing
        case settled
        case commented
        case owned
        case read
        case signed
    }

    func done(_ done: Done, at place: ProposalsPlace, _ query: [(String, String)] = []) -> WorkspaceAnswer {
        .done(address(place, [("done", done.rawValue)] + query))
    }

    /// A refusal as a page says it.
    func refused(_ refusal: Refusal) -> String { refusal.sentence }
}

/// The ending of a file's name that goes with what it holds.
func nameExtension(of attachment: ProposalAttachment) -> String {
    (FileKind(rawValue: attachment.mediaType) ?? .plainText).nameExtensions[0]
}

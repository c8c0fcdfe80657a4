internal import Ledger
internal import SQL

/// What the actions on proposals have in common.
extension Recording {
    /// Lets people of the organizations that take part pass who may write.
    ///
    /// Whoever may not learns nothing of what there is: a proposal that there is not is refused as one of others is.
    func requireWriter(of code: String, _ right: Right, _ actor: Actor, for name: String) throws {
        let organizations = try ProposalQueries.proposal(code, of: fund, in: transaction)?.organizations ?? []
        try require(right, of: actor, for: name) { organizations.contains($0.organization) }
    }

    /// Lets a focal point of the organization pass that coordinates the proposal.
    func requireLead(of code: String, _ right: Right, _ actor: Actor, for name: String) throws {
        let lead = try ProposalQueries.proposal(code, of: fund, in: transaction)?.lead
        try require(right, of: actor, for: name) { $0.organization == lead }
    }

    /// The document of a proposal, if it is being written.
    ///
    /// - Throws: `Refusal` if it is not, or the Terms have no form for it.
    func writtenFile(_ code: String, _ document: ProposalDocument? = nil) throws -> ProposalFile {
        let proposal = try proposal(code)
        guard let written = proposal.stage.written, document == nil || document == written else {
            throw Refusal(
                "“\(code)” is at the stage “\(proposal.stage.rawValue)”, in which \(document.map { "its \($0.rawValue)" } ?? "nothing") is not written",
                remedy: "wait until it is returned or invited")
        }
        guard let file = try ProposalFile.read(proposal, written, of: fund, terms(), in: transaction) else {
            throw Refusal("the fund's Terms have no form for a \(written.rawValue)", remedy: "add it to the Terms")
        }
        return file
    }

    /// Those who write a proposal: focal points and contributors to texts of the organizations that take part.
    func writers(of proposal: Proposal) throws -> [String] {
        try holders(ProposalReader.writers) { proposal.organizations.contains($0.organization) }
    }

    /// Those who hold one of the roles now.
    func holders(_ roles: Set<Role>, where condition: (RoleHolding) -> Bool = { _ in true }) throws -> [String] {
        let (today, now) = (try today(), now)
        let people = try PeopleQueries.holdings(inFund: fund, in: transaction).filter {
            roles.contains($0.role) && $0.isCurrent(today: today, now: now) && condition($0)
        }.map(\.person)
        return Set(people).sorted()
    }

    /// Tells each of them.
    func tell(_ people: [String], _ kind: Notice.Kind, _ arguments: [String: String], besides actor: String? = nil) throws {
        for person in people where person != actor { try notify(person, kind, arguments) }
    }
}

/// A text that people read, checked as every text of an action is.
func requireText(_ text: String, _ what: String, limit: Int) throws(Refusal) {
    guard (1...limit).contains(text.utf8.count) else {
        throw Refusal("\(what) has 1 to \(limit) bytes", remedy: text.isEmpty ? "give it" : "shorten it")
    }
    guard !text.utf8.contains(where: { $0 == 0x7F || $0 < 0x20 && $0 != 0x0A && $0 != 0x09 && $0 != 0x0D }), !hasHiddenControl(text) else {
        throw Refusal("\(what) has a character that cannot be seen", remedy: "take it out")
    }
}

/// Whether a text holds a control character beyond ASCII, or an override by which what follows is read backwards.
func hasHiddenControl(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x80...0x9F).contains($0.value) || $0.value == 0x202D || $0.value == 0x202E }
}

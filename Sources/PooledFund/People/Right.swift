/// Who may perform an action.
public struct Right: Sendable, Hashable {
    /// Holders of any of these, in the fund whose record changes.
    public let roles: Set<Role>
    /// Whoever runs the program on the machine: loads a fund's folder, invites the first administrator.
    public let isOperators: Bool
    /// The person whom the action is about, whatever their roles.
    public let isOnes: Bool
    /// The rule in a sentence, for whoever is refused.
    public let rule: String

    public init(_ roles: Set<Role> = [], operators isOperators: Bool = false, ones isOnes: Bool = false, rule: String) {
        self.roles = roles
        self.isOperators = isOperators
        self.isOnes = isOnes
        self.rule = rule
    }
}

extension Recording {
    /// Lets `actor` pass, or throws the rule. Asked inside the transaction, so that a role that ended a moment ago does not count, nor a session or a
    /// token that did.
    ///
    /// - Parameters:
    ///   - person: whom the action is about.
    ///   - condition: what a role must be besides held; a focal point, for one, acts for its own organization only.
    /// - Returns: the holdings that let the actor pass; none for the operator, and for the person concerned.
    @discardableResult
    func require(
        _ right: Right, of actor: Actor, for action: String, concerning person: String? = nil,
        where condition: (RoleHolding) throws -> Bool = { _ in true }
    ) throws -> [RoleHolding] {
        let performer = actor.onBehalf?.person ?? actor.id
        if case .machine = actor.passage {
            guard right.isOperators else { throw Refusal.notAllowed(action, right.rule) }
            return []
        }
        let level = try passageLevel(of: actor, for: action)
        if actor.onBehalf != nil { try requireRecorder(actor, level, right, action) }
        if right.isOnes, performer == person { return [] }
        let holdings = try currentHoldings(of: performer).filter { right.roles.contains($0.role) }
        // Whoever answered by letter proved who they are by the letter, not by a second factor.
        let proved = actor.onBehalf == nil ? try holdings.filter { try proves(level, $0.role) } : holdings
        guard try proved.contains(where: condition) else {
            if proved.isEmpty, !holdings.isEmpty {
                throw Refusal.notAllowed(
                    action, "In this fund the role asks for a second factor.", remedy: "set one up under Settings, and sign in with it")
            }
            throw Refusal.notAllowed(action, right.rule)
        }
        return try proved.filter(condition)
    }

    /// - Throws: `Refusal` if a role that is given and ended in person would be so on behalf of somebody.
    func requireInPerson(_ role: Role, by actor: Actor, for action: String) throws {
        guard actor.onBehalf != nil, role.isGivenInPerson else { return }
        throw Refusal.notAllowed(
            action, "The roles of administrator, Administrative Agent and auditor are given and ended in person, not on behalf of somebody."
        )
    }

    private func requireRecorder(_ actor: Actor, _ level: PassageLevel, _ right: Right, _ action: String) throws {
        guard actor.onBehalf?.person != actor.id else { throw Refusal.notAllowed(action, "Nobody answers to themselves by letter.") }
        let recorders = try currentHoldings(of: actor.id).filter { $0.role == .fundManagementUnitOfficer }
        guard try recorders.contains(where: { try proves(level, $0.role) }) else {
            throw Refusal.notAllowed(action, "Only an officer of the Fund Management Unit records on behalf of somebody else.")
        }
    }

    private func proves(_ level: PassageLevel, _ role: Role) throws -> Bool {
        try level != .password || !(peopleRules().secondFactor.contains(role))
    }

    func currentHoldings(of person: String) throws -> [RoleHolding] {
        try PeopleQueries.currentHoldings(of: person, in: fund, today: try today(), now: now, in: transaction)
    }

    /// What was proved of whoever acts.
    ///
    /// - Throws: `Refusal` if the session or token is no longer valid.
    private func passageLevel(of actor: Actor, for action: String) throws -> PassageLevel {
        switch actor.passage {
        case .machine: return .secondFactor
        case .session(let digest):
            if let level = try PassageQueries.level(ofSession: digest, person: actor.id, now: now, in: transaction) { return level }
        case .token(let id):
            if let level = try PassageQueries.level(ofToken: id, person: actor.id, fund: fund, now: now, in: transaction) { return level }
        case .invitation(let digest):
            if try PassageQueries.isOpen(invitation: digest, of: actor.id, now: now, in: transaction) { return .password }
        case .awaitingCode(let digest):
            let person = try SessionQueries.personAwaitingCode(digest, now: now, in: transaction)
            if person == actor.id, action == ChangeAccess.name { return .password }
        }
        throw Refusal.notAllowed("this", "Your sign-in has ended.", remedy: "sign in again")
    }
}

/// What was proved by whoever signed in.
public enum PassageLevel: String, Sendable, Hashable, CaseIterable {
    /// A password, or an identity provider's word.
    case password
    case secondFactor = "second-factor"
    /// Nothing: a demonstration on the machine itself.
    case demonstration
}

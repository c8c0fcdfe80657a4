/// A change of record: the only way to make one is `Office.perform`.
public protocol Action: Sendable {
    associatedtype Outcome: Sendable

    /// Verb-object in lower case with hyphens; permanent, since it stands in the audit chain.
    static var name: String { get }

    /// Whether what the public can see may change.
    static var hasPublicEffect: Bool { get }

    /// The slug of the fund whose record changes.
    var fund: String { get }

    /// Who may perform it. What `authorise` asks beyond this depends on what exactly is done.
    static var right: Right { get }

    /// Whether the secretariat may record it for somebody who answered otherwise, by letter for one.
    static var isRecordedOnBehalf: Bool { get }

    /// What the audit chain keeps of the action, as JSON; erasable, and yet nothing personal.
    func auditBody() throws -> [UInt8]

    /// Throws `Refusal` unless `actor` may do this now. Runs inside the transaction, so that a right that ended a moment ago does not count.
    func authorise(_ actor: Actor, in recording: Recording) throws

    /// Makes the change. Throwing undoes all of it; recording nothing leaves no event.
    func perform(in recording: Recording) throws -> Outcome
}

extension Action {
    public static var isRecordedOnBehalf: Bool { false }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.require(Self.right, of: actor, for: Self.name)
    }
}

/// Why something is not done, and what would help.
public struct Refusal: Error, Hashable, CustomStringConvertible {
    public let reason: String
    public let remedy: String?
    public let kind: Kind

    public enum Kind: Sendable, Hashable {
        /// The record, or what was given, does not allow it.
        case ordinary
        /// The one who asks may not; `reason` names the rule.
        case right
        /// What was asked contradicts what was asked before.
        case conflict
        /// Not now: too much is waiting.
        case busy
    }

    public init(_ reason: String, remedy: String? = nil, kind: Kind = .ordinary) {
        self.reason = reason
        self.remedy = remedy
        self.kind = kind
    }

    /// - Parameter rule: a sentence, such as “Only the Administrative Agent posts to the ledger.”
    static func notAllowed(_ action: String, _ rule: String, remedy: String? = nil) -> Refusal {
        Refusal("“\(action)” is refused. \(rule)", remedy: remedy, kind: .right)
    }

    public var description: String { remedy.map { "\(reason); \($0)" } ?? reason }
}

/// A change of record: the only way to make one is `Office.perform`.
public protocol Action: Sendable {
    associatedtype Outcome: Sendable

    /// Verb-object in lower case with hyphens; permanent, since it stands in the audit chain.
    static var name: String { get }

    /// Whether what the public can see may change.
    static var hasPublicEffect: Bool { get }

    /// The slug of the fund whose record changes.
    var fund: String { get }

    /// What the audit chain keeps of the action, as JSON; erasable.
    func auditBody() throws -> [UInt8]

    /// Throws `Refusal` unless `actor` may do this now. Runs inside the transaction, so that a right that ended a moment ago does not count.
    func authorise(_ actor: Actor, in recording: Recording) throws

    /// Makes the change. Throwing undoes all of it; recording nothing leaves no event.
    func perform(in recording: Recording) throws -> Outcome
}

/// Who acts.
public struct Actor: Sendable, Hashable {
    /// Opaque and permanent.
    public let id: String

    /// Whoever runs the program on the machine that holds the record: the operating system decides who that is.
    public static let machineOperator = Actor(id: "machine-operator")

    public init(id: String) {
        self.id = id
    }

    func requireMachineOperator(for action: String) throws(Refusal) {
        guard self == .machineOperator else {
            throw Refusal("only the operator of the machine may perform “\(action)”", remedy: "run it on the command line of the server")
        }
    }
}

/// Why something is not done, and what would help.
public struct Refusal: Error, Hashable, CustomStringConvertible {
    public let reason: String
    public let remedy: String?

    public init(_ reason: String, remedy: String? = nil) {
        self.reason = reason
        self.remedy = remedy
    }

    public var description: String { remedy.map { "\(reason); \($0)" } ?? reason }
}

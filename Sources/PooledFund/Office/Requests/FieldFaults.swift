/// Something wrong with one field of a request.
public struct FieldFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Its name, with those of the rows around it: `contributions.2.amount`.
    public let field: String
    public let problem: String
    public let remedy: String

    public init(field: String, problem: String, remedy: String) {
        self.field = field
        self.problem = problem
        self.remedy = remedy
    }

    public var description: String { "\(field): \(problem); \(remedy)" }
}

/// Everything wrong with a request, all at once.
public struct FieldFaults: Error, Sendable, Hashable, CustomStringConvertible {
    public let faults: [FieldFault]

    public init(_ faults: [FieldFault]) {
        self.faults = faults
    }

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// Who acts, and how they came in.
public struct Actor: Sendable, Hashable {
    /// Opaque and permanent: a person's id, or that of whoever runs the program.
    public let id: String
    public let passage: Passage
    /// For whom a person acts who answered otherwise; nil where everybody acts for themselves.
    public let onBehalf: OnBehalf?

    /// What lets somebody act. The door asks for it again inside the transaction.
    public enum Passage: Sendable, Hashable {
        /// The operating system decides who may run the program on the machine that holds the record.
        case machine
        /// A browser's session, by the digest of its secret.
        case session(digest: [UInt8])
        /// A personal access token, by its id.
        case token(id: String)
        /// A link that was sent to the person, by the digest of its secret.
        case invitation(digest: [UInt8])
        /// The password, before the code of the second factor: lets its person use a recovery code, and do nothing else.
        case awaitingCode(digest: [UInt8])
    }

    /// Whoever runs the program on the machine that holds the record.
    public static let machineOperator = Actor(id: "machine-operator", passage: .machine)

    /// A person of the house.
    public static func person(_ id: String, through passage: Passage, onBehalf: OnBehalf? = nil) -> Actor {
        Actor(id: id, passage: passage, onBehalf: onBehalf)
    }

    private init(id: String, passage: Passage, onBehalf: OnBehalf? = nil) {
        self.id = id
        self.passage = passage
        self.onBehalf = onBehalf
    }
}

/// The answer of somebody who did not come in themselves: by letter, by e-mail, at a meeting.
public struct OnBehalf: Sendable, Hashable {
    /// The id of whoever answered.
    public let person: String
    public let answer: AttachedDocument
    /// How the answer came; may be empty.
    public let note: String

    public init(person: String, answer: AttachedDocument, note: String) {
        self.person = person
        self.answer = answer
        self.note = note
    }
}

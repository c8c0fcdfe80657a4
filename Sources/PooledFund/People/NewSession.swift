/// A session that is to be opened. Its secret is always a new one: what a visitor brings is never made a session.
public struct NewSession: Sendable {
    /// SHA-256 of the secret, which goes to the browser alone.
    public let digest: [UInt8]
    /// The id of whom it is for.
    public let person: String
    public let stage: SessionStage
    /// What the browser calls itself, for its owner to tell sessions apart.
    public let agent: String
    /// The digest of the secret by which the browser is known as one of the person's from now on; nil for one that is not to be known.
    public let device: [UInt8]?

    public init(digest: [UInt8], person: String, stage: SessionStage, agent: String, device: [UInt8]? = nil) {
        self.digest = digest
        self.person = person
        self.stage = stage
        self.agent = String(decoding: agent.utf8.prefix(200).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
        self.device = device
    }
}

/// How far somebody has come.
public enum SessionStage: String, Sendable, Hashable, CaseIterable {
    /// Gave the password and has a second factor: not signed in before its code is given.
    case awaitingCode = "awaiting-code"
    case password
    case secondFactor = "second-factor"
    case demonstration
}

internal import Crypto

/// What is personal of a person. Everything else of the record knows them by an opaque id.
public struct PersonParticulars: Sendable, Hashable, Identifiable {
    public let id: String
    public let name: String
    /// In lower case; one address belongs to one person.
    public let email: String

    public init(id: String, name: String, email: String) {
        self.id = id
        self.name = name
        self.email = email
    }

    /// The longest name, in bytes.
    public static let nameLimit = 200

    /// A name as it may stand on record: without control characters, and without space around it.
    ///
    /// - Throws: `Refusal` with what is wrong.
    static func checkedName(_ name: String) throws(Refusal) -> String {
        let trimmed = String(decoding: name.utf8.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed(), as: UTF8.self)
        guard !trimmed.isEmpty else { throw Refusal("a person has a name", remedy: "give it") }
        guard trimmed.utf8.count <= nameLimit else { throw Refusal("the name has more than \(nameLimit) bytes", remedy: "shorten it") }
        guard
            !trimmed.unicodeScalars.contains(where: {
                $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
            })
        else { throw Refusal("the name has a character that cannot be seen", remedy: "take it out; a line break is one, too") }
        return trimmed
    }

    /// An address as it may stand on record: ASCII, one `@`, nothing that could end a line of a mail's head.
    ///
    /// - Throws: `Refusal` with what is wrong.
    static func checkedEmail(_ email: String) throws(Refusal) -> String {
        let parts = email.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        let isPlain = email.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"()<>[]:;,\\\"".utf8.contains($0) }
        guard isPlain, parts.count == 2, (1...64).contains(parts[0].count), (1...189).contains(parts[1].count), parts[1].first != 0x2E,
            parts[1].last != 0x2E
        else { throw Refusal("“\(visible(email))” is not an e-mail address", remedy: "write it as name@example.org") }
        return email.lowercased()
    }

    /// Without what would break a line.
    private static func visible(_ text: String) -> String {
        String(decoding: text.utf8.prefix(120).map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
    }

    /// - Throws: `Refusal` if a text that stays on record for good repeats what can be erased.
    func requireAbsence(from text: String) throws(Refusal) {
        let text = text.lowercased()
        guard !text.contains(email), !text.contains(name.lowercased()) else {
            throw Refusal(
                "the text repeats the name or the address of somebody, and would stay on record for good", remedy: "write it without them")
        }
    }

    /// What the record keeps of them: nothing can be worked out from it once the salt is gone.
    func digest(salt: [UInt8]) -> [UInt8] {
        var bytes = CanonicalBytes(purpose: "particulars")
        bytes.append(salt)
        bytes.append(id)
        bytes.append(name)
        bytes.append(email)
        return bytes.digest
    }
}

/// The chain of people: who they are and how they get in, apart from any fund.
public enum PeopleChain {
    /// Its name among the chains; no fund may have it.
    public static let name = "people"
}

/// 32 random bytes.
func randomSalt() -> [UInt8] {
    SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
}

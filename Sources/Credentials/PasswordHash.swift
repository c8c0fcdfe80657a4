internal import Crypto
internal import CryptoExtras

/// What the record keeps of a password: scrypt (RFC 7914) with a salt of its own, as text in the PHC form
/// `$scrypt$ln=15,r=8,p=3$salt$hash`, salt and hash in Base64 without padding.
///
/// Making one and comparing with one takes a quarter of a second or so and the memory that ``ScryptCost`` says: go through
/// ``PasswordWork``.
public struct PasswordHash: Sendable, Hashable, Concealed {
    public let cost: ScryptCost
    private let salt: [UInt8]
    private let key: [UInt8]

    /// - Parameter salt: Random, unless a test needs another.
    /// - Throws: What the library throws where the memory cannot be had.
    public init(of password: Password, cost: ScryptCost = .current) throws {
        try self.init(of: password, cost: cost, salt: randomBytes(Self.saltByteCount))
    }

    init(of password: Password, cost: ScryptCost, salt: [UInt8]) throws {
        self.init(cost: cost, salt: salt, key: try Self.key(of: password, cost: cost, salt: salt, byteCount: Self.keyByteCount))
    }

    /// Reads what ``text`` gives.
    ///
    /// - Throws: ``PasswordHashFault`` for any other text, and for parameters that ``ScryptCost`` refuses.
    public init(parsing text: String) throws(PasswordHashFault) {
        guard text.utf8.count <= 256 else { throw .malformed }
        let fields = text.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 5, fields[0].isEmpty, fields[1] == "scrypt" else { throw .malformed }
        guard let numbers = Self.numbers(fields[2]) else { throw .malformed }
        guard let cost = ScryptCost(logarithmOfRounds: numbers.ln, blockSize: numbers.r, parallelism: numbers.p) else { throw .absurdCost }
        guard let salt = Base64.bytes(of: fields[3]), let key = Base64.bytes(of: fields[4]) else { throw .malformed }
        // A short key would be matched by other passwords too.
        guard (8...64).contains(salt.count), (16...64).contains(key.count) else { throw .malformed }
        self.init(cost: cost, salt: salt, key: key)
    }

    private init(cost: ScryptCost, salt: [UInt8], key: [UInt8]) {
        (self.cost, self.salt, self.key) = (cost, salt, key)
    }

    /// A hash that no password has, to be compared with where there is no account or no password, so that the answer takes as long as for
    /// one.
    public static let ofNobody = PasswordHash(
        cost: .current, salt: Array(repeating: 0, count: saltByteCount), key: Array(repeating: 0, count: keyByteCount))

    public var text: String {
        "$scrypt$ln=\(cost.logarithmOfRounds),r=\(cost.blockSize),p=\(cost.parallelism)$\(Base64.text(of: salt))$\(Base64.text(of: key))"
    }

    /// Whether it is the hash of this password, compared in constant time.
    ///
    /// - Throws: What the library throws where the memory cannot be had.
    public func verifies(_ password: Password) throws -> Bool {
        equalInConstantTime(try Self.key(of: password, cost: cost, salt: salt, byteCount: key.count), key)
    }

    /// Whether a hash made today would be made otherwise. The moment to make it is when somebody has signed in with the password.
    public func needsRehash(for current: ScryptCost = .current) -> Bool {
        cost != current || salt.count != Self.saltByteCount || key.count != Self.keyByteCount
    }

    private static let saltByteCount = 16
    private static let keyByteCount = 32

    private static func key(of password: Password, cost: ScryptCost, salt: [UInt8], byteCount: Int) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: password.bytes, salt: salt, outputByteCount: byteCount,
            rounds: 1 << cost.logarithmOfRounds, blockSize: cost.blockSize, parallelism: cost.parallelism)
        return key.withUnsafeBytes { Array($0) }
    }

    /// `ln=15,r=8,p=3`: these three, in this order, decimal without a sign or zeros in front.
    private static func numbers(_ field: Substring) -> (ln: Int, r: Int, p: Int)? {
        let parts = field.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3, let ln = number(parts[0], "ln="), let r = number(parts[1], "r="), let p = number(parts[2], "p=") else {
            return nil
        }
        return (ln, r, p)
    }

    private static func number(_ part: Substring, _ name: String) -> Int? {
        guard part.utf8.starts(with: name.utf8) else { return nil }
        let digits = part.utf8.dropFirst(name.utf8.count)
        guard (1...9).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        guard digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}

/// Why a text is not the hash of a password. It never holds the text.
public enum PasswordHashFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Not of the form `$scrypt$ln=15,r=8,p=3$salt$hash`.
    case malformed
    /// It asks for more memory or time than any hash of this house.
    case absurdCost

    public var description: String {
        switch self {
        case .malformed: "The hash of the password is not of the form $scrypt$ln=15,r=8,p=3$salt$hash. Set a new password."
        case .absurdCost: "The hash of the password asks for more memory or work than is allowed. Set a new password."
        }
    }
}

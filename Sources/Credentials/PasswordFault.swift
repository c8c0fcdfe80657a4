/// Why a password may not be chosen. A page puts it into words; the description is for logs and commands, and never holds the password.
public enum PasswordFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Fewer bytes than this.
    case tooShort(atLeast: Int)
    /// More bytes than this.
    case tooLong(atMost: Int)
    /// A control character, such as a line break or a tabulator.
    case controlCharacter
    /// The same few characters again and again, or a sequence.
    case tooPlain
    /// Little more than this word, which everybody tries.
    case wellKnown(String)
    /// Little more than this word, which has to do with the person, the fund or the product.
    case fromContext(String)

    public var description: String {
        switch self {
        case .tooShort(let count): "The password is too short: choose one of at least \(count) characters."
        case .tooLong(let count): "The password is too long: choose one of at most \(count) bytes."
        case .controlCharacter: "The password has a control character, such as a line break: leave it out."
        case .tooPlain: "The password is a sequence, or the same few characters again and again: choose one that is harder to guess."
        case .wellKnown(let word): "The password is little more than “\(word)”, which is tried first: choose another, or add several words."
        case .fromContext(let word):
            "The password is little more than “\(word)”, which is known of you or of this fund: choose another, or add several words."
        }
    }
}

internal import Foundation

/// A password as its bytes are hashed: what was typed, prepared by the profile OpaqueString of RFC 8265, so that the same keys are the same
/// password on every system.
///
/// The profile composes (NFC): some keyboards and systems give é as one code point, others as two, and "as typed" would refuse the owner on
/// the second. It does not go as far as NFKC, which makes ﬁ and fi, ² and 2 the same and so takes away from what was chosen. Spaces of
/// other scripts become the ordinary one. Upper and lower case, and spaces at either end, stay.
public struct Password: Sendable, Equatable, Concealed {
    /// UTF-8, at least one byte.
    let bytes: [UInt8]

    /// How many bytes of UTF-8 a chosen password has.
    public static let permittedByteCount = 12...1024

    /// A password that somebody chooses.
    ///
    /// - Parameters:
    ///   - text: As it was typed.
    ///   - context: What an attacker tries first for this person: the e-mail address, their name, the names of fund and product. At most 16
    ///     texts of 512 bytes are looked at.
    /// - Throws: ``PasswordFault``. Length and guessability are judged, composition ("one digit") is not: NIST SP 800-63B, section 3.1.1.
    public init(choosing text: String, context: [String] = []) throws(PasswordFault) {
        guard text.utf8.count <= Self.typedByteLimit else { throw .tooLong(atMost: Self.permittedByteCount.upperBound) }
        guard let prepared = Self.prepared(text) else { throw .controlCharacter }
        guard prepared.utf8.count >= Self.permittedByteCount.lowerBound else {
            throw .tooShort(atLeast: Self.permittedByteCount.lowerBound)
        }
        guard prepared.utf8.count <= Self.permittedByteCount.upperBound else {
            throw .tooLong(atMost: Self.permittedByteCount.upperBound)
        }
        if let fault = PasswordGuessability(context: context).fault(of: prepared) { throw fault }
        bytes = Array(prepared.utf8)
    }

    /// A password that somebody signs in with. It is not judged again: what was admitted once stays the password.
    ///
    /// `nil` if it is empty, has control characters or is longer than any password; it is then nobody's.
    public init?(entered text: String) {
        guard text.utf8.count <= Self.typedByteLimit, let prepared = Self.prepared(text), !prepared.isEmpty,
            prepared.utf8.count <= Self.permittedByteCount.upperBound
        else { return nil }
        bytes = Array(prepared.utf8)
    }

    /// Composing makes a text at most three times shorter.
    private static let typedByteLimit = 3 * permittedByteCount.upperBound

    /// `nil` if there is a control character: no keyboard gives one, so something went wrong on the way.
    private static func prepared(_ text: String) -> String? {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: return nil
            case .spaceSeparator: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return String(scalars).precomposedStringWithCanonicalMapping
    }
}

internal import Foundation

/// Refuses what is tried first, without asking anybody: what is left of a password, once words that are known and sequences are taken out,
/// has to have a few different characters. A long password may contain any word.
struct PasswordGuessability {
    private let contextWords: [[Unicode.Scalar]]

    init(context: [String]) {
        let texts = context.prefix(16).map { text in
            // Composed, as the password is.
            let composed = String(decoding: text.utf8.prefix(512), as: UTF8.self).precomposedStringWithCanonicalMapping
            return Array(composed.lowercased().unicodeScalars)
        }
        let parts = texts.flatMap { text in text.split { !Self.isLetterOrDigit($0) }.map(Array.init) }
        // The name of a fund is typed without its spaces too.
        let wholes = texts + texts.map { $0.filter(Self.isLetterOrDigit) }
        contextWords = Self.longestFirst(parts + wholes)
    }

    func fault(of password: String) -> PasswordFault? {
        let whole = Array(password.lowercased().unicodeScalars)
        guard weight(of: [whole]) >= Self.leastWeight else { return .tooPlain }

        let withoutContext = removing(contextWords, from: [whole])
        if let word = withoutContext.first, weight(of: withoutContext.pieces) < Self.leastWeight { return .fromContext(word) }

        let without = removing(Self.wellKnownWords, from: withoutContext.pieces)
        if let word = without.first ?? withoutContext.first, weight(of: without.pieces) < Self.leastWeight { return .wellKnown(word) }
        return nil
    }

    private static let leastWeight = 5

    /// How many different characters begin a run. A run is one character again and again, or each the one behind or before the last.
    private func weight(of pieces: [[Unicode.Scalar]]) -> Int {
        var beginnings: Set<Unicode.Scalar> = []
        for piece in pieces {
            var last: Unicode.Scalar?
            for scalar in piece {
                let continues = last.map { (-1...1).contains(Int(scalar.value) - Int($0.value)) } ?? false
                if !continues { beginnings.insert(scalar) }
                last = scalar
            }
        }
        return beginnings.count
    }

    /// What stands between the words, and the first word that was found.
    private func removing(_ words: [[Unicode.Scalar]], from pieces: [[Unicode.Scalar]]) -> (pieces: [[Unicode.Scalar]], first: String?) {
        var (pieces, first): ([[Unicode.Scalar]], String?) = (pieces, nil)
        for word in words {
            let parts = pieces.flatMap { Self.parts(of: $0, around: word) }
            if first == nil, parts != pieces { first = word.reduce(into: "") { $0.unicodeScalars.append($1) } }
            pieces = parts
        }
        return (pieces, first)
    }

    private static func parts(of piece: [Unicode.Scalar], around word: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        var (parts, start, index): ([[Unicode.Scalar]], Int, Int) = ([], 0, 0)
        while index + word.count <= piece.count {
            if piece[index] == word[0], piece[index..<index + word.count].elementsEqual(word) {
                parts.append(Array(piece[start..<index]))
                index += word.count
                start = index
            } else {
                index += 1
            }
        }
        return start == 0 ? [piece] : parts + [Array(piece[start...])]
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// The longest first, so that a word is taken out before its part is. Shorter ones than four characters say too little.
    private static func longestFirst(_ words: [[Unicode.Scalar]]) -> [[Unicode.Scalar]] {
        Set(words).filter { $0.count >= 4 }.sorted { $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count }
    }

    /// What heads every list of passwords that came to light, in the languages of the house's users, and rows of keys.
    private static let wellKnownWords = longestFirst(
        [
            "password", "passw0rd", "p@ssword", "p@ssw0rd", "passwort", "passphrase", "motdepasse", "contraseña", "contrasena", "senha",
            "пароль", "qwerty", "qwertyuiop", "qwertz", "qwertzuiop", "azerty", "azertyuiop", "asdf", "asdfgh", "asdfghjkl", "zxcv",
            "zxcvbnm", "yxcvbnm", "1q2w3e4r", "1qaz", "2wsx", "3edc", "qazwsx", "letmein", "welcome", "willkommen", "bienvenue",
            "bienvenido",
            "iloveyou", "admin", "administrator", "login", "master", "monkey", "dragon", "football", "sunshine", "princess", "superman",
            "abc123", "changeme", "default", "secret", "guest", "hello", "test", "user", "root", "pooledfund", "pooled", "fund",
            "trustfund",
        ].map { Array($0.unicodeScalars) })
}

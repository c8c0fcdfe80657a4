import Yams

/// Why a catalogue's file could not be read.
public enum CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file is not YAML, or holds a key twice; with the parser's words.
    case notYAML(String)
    /// The file is not a mapping from keys to sentences.
    case notAMapping
    /// A key's value is neither a sentence nor forms by plural category with at least `other`.
    case notASentence(key: String)
    /// A sentence has a brace too many or a placeholder without a name.
    case malformedPlaceholder(key: String, sentence: String)

    public var description: String {
        switch self {
        case .notYAML(let reason): "The catalogue is not YAML: \(reason)"
        case .notAMapping: "The catalogue is not a mapping from keys to sentences."
        case .notASentence(let key): "“\(key)” is neither a sentence nor plural forms with “other”."
        case .malformedPlaceholder(let key, let sentence): "“\(key)” has a malformed placeholder: \(sentence)"
        }
    }
}

extension Catalogue {
    /// Reads a catalogue from YAML: a flat mapping from keys to sentences or to `{one: …, other: …}`.
    ///
    /// - Throws: ``CatalogueError``.
    public init(yaml: String, language: Language) throws {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw CatalogueError.notYAML("\(error)")
        }
        guard let mapping = root?.mapping else { throw CatalogueError.notAMapping }
        var sentences: [String: Sentence] = [:]
        for (keyNode, value) in mapping {
            guard let key = keyNode.scalar?.string else { throw CatalogueError.notAMapping }
            sentences[key] = try Sentence(value, key: key)
        }
        self.init(language: language, sentences: sentences)
    }
}

extension Sentence {
    fileprivate init(_ node: Node, key: String) throws {
        if let text = node.scalar?.string {
            self = .simple(try Sentence.parts(of: text, key: key))
            return
        }
        guard let mapping = node.mapping else { throw CatalogueError.notASentence(key: key) }
        var forms: [PluralCategory: [Part]] = [:]
        for (categoryNode, formNode) in mapping {
            guard let name = categoryNode.scalar?.string, let category = PluralCategory(rawValue: name),
                let form = formNode.scalar?.string
            else { throw CatalogueError.notASentence(key: key) }
            forms[category] = try Sentence.parts(of: form, key: key)
        }
        guard let other = forms.removeValue(forKey: .other) else { throw CatalogueError.notASentence(key: key) }
        self = .plural(forms, other: other)
    }

    private static func parts(of text: String, key: String) throws -> [Part] {
        guard let parts = parts(of: text) else { throw CatalogueError.malformedPlaceholder(key: key, sentence: text) }
        return parts
    }
}

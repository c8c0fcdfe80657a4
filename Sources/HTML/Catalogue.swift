import Synchronization

/// The sentences of the interface in one language, each found by its key.
///
/// `say("contributors.lead", ["count": .number(22), "amount": .text("57.4 million")])` gives a string,
/// `say.markup("home.trace", ["link": a(.href(address)) { "how" }])` a sentence with markup in it. What is missing never stops a page:
/// it shows as `⟨key⟩` and is noted in ``missing``, which tests keep empty.
public struct Catalogue: Sendable {
    /// The language of the sentences, with its numbers and dates.
    public let language: Language
    let sentences: [String: Sentence]
    /// What stands in for sentences that this language lacks.
    private var substitute: Substitute?
    private let missingNames = MissingNames()

    init(language: Language, sentences: [String: Sentence]) {
        self.language = language
        self.sentences = sentences
    }

    private struct Substitute: Sendable {
        let sentences: [String: Sentence]
        let pluralRule: PluralRule
    }

    /// The catalogue with the sentences of another for those that it lacks. They are noted in ``missing`` all the same.
    public func fallingBack(on other: Catalogue) -> Catalogue {
        var copy = Catalogue(language: language, sentences: sentences)
        copy.substitute = Substitute(sentences: other.sentences, pluralRule: other.language.pluralRule)
        return copy
    }

    /// The sentence with its arguments put in. A sentence with plural forms is chosen by the argument `count`, which must be a number.
    public func callAsFunction(_ key: SentenceKey, _ arguments: KeyValuePairs<String, Argument> = [:]) -> String {
        var text = ""
        for part in parts(of: key, count: count(in: arguments)) {
            switch part {
            case .text(let literal): text += literal
            case .placeholder(let name): text += argument(name, in: arguments)?.text(in: language) ?? noteMissing(name, in: key)
            }
        }
        return text
    }

    /// The sentence as markup, its own text escaped, with arguments that may be markup: `["link": .markup(a(…) {…}), "count": .number(3)]`.
    public func markup(_ key: SentenceKey, _ arguments: KeyValuePairs<String, Argument> = [:]) -> Markup {
        .sequence(
            parts(of: key, count: count(in: arguments)).map { part in
                switch part {
                case .text(let literal): .text(literal)
                case .placeholder(let name):
                    argument(name, in: arguments)?.markup(in: language) ?? .text(noteMissing(name, in: key))
                }
            })
    }

    /// The sentence as markup where all arguments are markup: `["link": a(…) {…}]`.
    @_disfavoredOverload
    public func markup(_ key: SentenceKey, _ arguments: KeyValuePairs<String, Markup>) -> Markup {
        .sequence(
            parts(of: key, count: nil).map { part in
                switch part {
                case .text(let literal): .text(literal)
                case .placeholder(let name):
                    arguments.first { $0.key == name }?.value ?? .text(noteMissing(name, in: key))
                }
            })
    }

    /// The keys of all sentences.
    public var keys: Set<String> { Set(sentences.keys) }

    /// Whether there is a sentence of this key, here or in the language that stands in.
    public func contains(_ key: SentenceKey) -> Bool { sentences[key.text] != nil || substitute?.sentences[key.text] != nil }

    /// The names of the arguments that the sentence takes, in any of its forms; empty if there is no such sentence.
    public func placeholders(of key: SentenceKey) -> Set<String> { sentences[key.text]?.placeholders ?? [] }

    /// Whether the sentence has plural forms, and so needs a `count`.
    public func hasPlural(_ key: SentenceKey) -> Bool {
        if case .plural = sentences[key.text] { true } else { false }
    }

    /// The plural categories that the sentence has forms for; empty if it has but one form.
    public func pluralCategories(of key: SentenceKey) -> Set<PluralCategory> {
        guard case .plural(let forms, _) = sentences[key.text] else { return [] }
        return Set(forms.keys).union([.other])
    }

    /// What was asked for and not found since the catalogue was loaded: keys, and arguments as `key{name}`.
    public var missing: Set<String> { missingNames.all }

    private func parts(of key: SentenceKey, count: Int64?) -> [Sentence.Part] {
        if let sentence = sentences[key.text] { return parts(of: sentence, key, language.pluralRule, count) }
        missingNames.insert(key.text)
        guard let substitute, let sentence = substitute.sentences[key.text] else { return [.text("⟨\(key.text)⟩")] }
        return parts(of: sentence, key, substitute.pluralRule, count)
    }

    private func parts(of sentence: Sentence, _ key: SentenceKey, _ rule: PluralRule, _ count: Int64?) -> [Sentence.Part] {
        switch sentence {
        case .simple(let parts):
            return parts
        case .plural(let forms, let other):
            guard let count else {
                missingNames.insert("\(key.text){count}")
                return other
            }
            return forms[rule.category(of: count)] ?? other
        }
    }

    private func count(in arguments: KeyValuePairs<String, Argument>) -> Int64? {
        argument("count", in: arguments)?.number
    }

    private func argument(_ name: String, in arguments: KeyValuePairs<String, Argument>) -> Argument? {
        arguments.first { $0.key == name }?.value
    }

    private func noteMissing(_ name: String, in key: SentenceKey) -> String {
        missingNames.insert("\(key.text){\(name)}")
        return "⟨\(name)⟩"
    }
}

/// The key of a sentence: `contributors.lead`.
public struct SentenceKey: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// The key as the catalogue's file writes it.
    public let text: String

    /// A key made of other parts, such as the code of a region.
    public init(_ text: String) {
        self.text = text
    }

    public init(stringLiteral text: String) {
        self.text = text
    }
}

/// What was missing, shared by the copies of a catalogue.
private final class MissingNames: Sendable {
    private let names = Mutex<Set<String>>([])

    var all: Set<String> { names.withLock { $0 } }

    func insert(_ name: String) {
        _ = names.withLock { $0.insert(name) }
    }
}

internal import HTML

/// A field of a form: what it is called, what it asks for, what was typed, and what is wrong with that.
struct FormField: Sendable {
    /// What the value is sent under.
    let name: String
    let label: String
    /// Said under the label.
    var help: String?
    let kind: Kind
    /// What was typed or is on record; several for boxes. Never put into a field of passwords or of files.
    var values: [String]
    /// Sentences that say what is wrong and what to do, each readable without the field beside it.
    var errors: [String]
    /// What a rule of the house has against it, which it says in English whatever the page's language is.
    var refusals: [String]
    var isRequired: Bool
    /// The most characters, said beside the field. The browser does not enforce it: it would cut off a pasted text without a word.
    var limit: Int?

    enum Kind: Sendable {
        case text(autofill: AutofillDetail = .off)
        case email(autofill: AutofillDetail = .email)
        case currentPassword
        case newPassword
        /// The digits of a second factor, or of a letter.
        case oneTimeCode
        /// - rows: how many lines are shown at first.
        case lines(rows: Int = 6)
        case date
        /// A decimal number; the code of its currency is shown beside it.
        case amount(currency: String)
        /// One of a list that is unfolded. For a few choices ``radio(_:)`` shows them at once.
        case choice([ChoiceGroup])
        /// One of a few, all of them shown.
        case radio([Choice])
        /// Any number of a few, each sent under the field's name.
        case boxes([Choice])
        /// A statement that is true or not; sent as ``ticked`` if it is.
        case box
        /// - accepting: endings and media types as in HTML's `accept`; empty for any.
        case file(accepting: String = "", isMultiple: Bool = false)
        case hidden
    }

    /// The value of a ticked ``Kind/box``.
    static let ticked = "yes"

    init(
        _ name: String, label: String, help: String? = nil, kind: Kind, value: String? = nil, values: [String] = [],
        errors: [String] = [], refusals: [String] = [], isRequired: Bool = true, limit: Int? = nil
    ) {
        self.name = name
        self.label = label
        self.help = help
        self.kind = kind
        self.values = value.map { [$0] } ?? values
        self.errors = errors
        self.refusals = refusals
        self.isRequired = isRequired
        self.limit = limit
    }

    /// A field that hands a value on unseen. Whoever receives it trusts it as little as one that was typed.
    static func hidden(_ name: String, _ value: String) -> FormField {
        FormField(name, label: "", kind: .hidden, value: value, isRequired: false)
    }

    /// The field with what was typed into it, and with what is wrong with that.
    func filled(from typed: some NamedValues, errors: [String] = []) -> FormField {
        var field = self
        field.values = typed.all(name)
        field.errors = errors
        return field
    }

    var isWrong: Bool { !errors.isEmpty || !refusals.isEmpty }

    /// Everything that is wrong, each sentence in its language.
    func wrongs(_ say: Catalogue) -> [Markup] { errors.map { .text($0) } + refusals.map { inEnglish($0, say) } }

    /// What links, labels and descriptions find the field by.
    var id: String {
        // An id must not hold a space, and descriptions are lists of ids separated by spaces.
        "field-" + String(decoding: name.utf8.map { SetCookie.isValueByte($0) ? $0 : UInt8(ascii: "-") }, as: UTF8.self)
    }

    /// Whether a form with the field must be sent as `multipart/form-data`.
    var isFile: Bool {
        switch kind {
        case .file: true
        default: false
        }
    }
}

/// One of several that can be chosen.
struct Choice: Sendable {
    let value: String
    let label: String
    /// Said under the label; a list that unfolds does not show it.
    var help: String?
    /// That the label is in; nil for the page's own.
    var language: Language?

    init(_ value: String, _ label: String, help: String? = nil, language: Language? = nil) {
        self.value = value
        self.label = label
        self.help = help
        self.language = language
    }
}

/// Choices under a heading, or without one.
struct ChoiceGroup: Sendable {
    var label: String?
    let choices: [Choice]

    init(_ label: String? = nil, _ choices: [Choice]) {
        self.label = label
        self.choices = choices
    }
}

internal import HTML

/// A form in one column, with a summary of what is wrong on top.
struct Form: Sendable {
    let action: Address
    /// Parts under headings of their own, above the other fields.
    var groups: [FormGroup] = []
    /// In the order in which they are shown; hidden ones anywhere.
    let fields: [FormField]
    let buttons: [FormButton]
    /// What is wrong with the form as a whole, with no one field to put it right in.
    var errors: [String] = []
    /// What a rule of the house has against it, which it says in English whatever the page's language is.
    var refusals: [String] = []
    /// What the form will do, in whole sentences; shown before the buttons of a form that asks for a confirmation.
    var consequences: [String] = []
    /// Whether hidden fields carry files on, which are too long for a form without.
    var carriesFiles = false

    /// How many things are wrong.
    var errorCount: Int { errors.count + refusals.count + allFields.reduce(0) { $0 + $1.errors.count + $1.refusals.count } }

    private var allFields: [FormField] { groups.flatMap(\.fields) + fields }

    func markup(_ say: Catalogue) -> Markup {
        .fragment {
            errorSummary(say)
            form(
                .class("form"), .method(.post), .action(action),
                .enctype(carriesFiles || allFields.contains(where: \.isFile) ? .multipart : .urlEncoded),
                // The server's own sentences are shown instead, all at once and in the reader's language.
                .novalidate()
            ) {
                groups.map { $0.markup(say) }
                fields.map { FieldMarkup($0, say).markup() }
                if !consequences.isEmpty { confirmation(of: consequences, say) }
                if !buttons.isEmpty { div(.class("buttons")) { buttons.map { $0.markup() } } }
            }
        }
    }

    /// What is wrong, each with a link to its field. It is announced, and its heading has the focus when the page opens.
    func errorSummary(_ say: Catalogue) -> Markup {
        guard errorCount > 0 else { return .empty }
        return div(.class("error-summary"), .role("alert"), .aria(.labelledby, "error-summary-title")) {
            h2(.id("error-summary-title"), .tabindex(-1), .autofocus()) { say("form.errors.title", ["count": .number(errorCount)]) }
            ul {
                errors.map { error in li { error } }
                refusals.map { refusal in li { inEnglish(refusal, say) } }
                allFields.map { field in
                    field.wrongs(say).map { wrong in li { a(.href(Address(fragment: field.id))) { wrong } } }
                }.flatMap(\.self)
            }
            p { say("form.errors.kept") }
        }
    }
}

/// Fields of a form that belong together, under a heading.
struct FormGroup: Sendable {
    let title: String
    var lead: String?
    let parts: [Part]

    struct Part: Sendable {
        /// What is said in place of fields that need not be touched: they are unfolded by whoever wants to change them, and where something is wrong.
        var folded: (label: String, said: String)?
        let fields: [FormField]
    }

    var fields: [FormField] { parts.flatMap(\.fields) }

    func markup(_ say: Catalogue) -> Markup {
        div(.class("form-group")) {
            h3 { title }
            if let lead { p(.class("help")) { lead } }
            parts.map { part($0, say) }
        }
    }

    private func part(_ part: Part, _ say: Catalogue) -> Markup {
        let fields = Markup.fragment { part.fields.map { FieldMarkup($0, say).markup() } }
        guard let folded = part.folded else { return fields }
        let isWrong = part.fields.contains { !$0.errors.isEmpty || !$0.refusals.isEmpty }
        return details([.class("answered")] + (isWrong ? [.open()] : [])) {
            summary {
                span(.class("answered-label")) { folded.label }
                " "
                span(.class("answered-said")) { folded.said }
            }
            fields
        }
    }
}

/// A button of a form.
struct FormButton: Sendable {
    enum Weight: String, Sendable {
        /// What the form is there for; one a form.
        case primary
        case secondary
        /// What cannot be taken back.
        case danger
    }

    let label: String
    var weight: Weight = .primary
    /// Sent with the form if this button was pressed; nil for nothing.
    var sent: NamedValue?
    /// Where this button sends the form, if not where the others do.
    var action: Address?

    func markup() -> Markup {
        let attributes: [Attribute] = [.type("submit"), .class("button button-\(weight.rawValue)")]
        let naming: [Attribute] = sent.map { [.name($0.name), .value($0.value)] } ?? []
        return button(attributes + naming + (action.map { [.formaction($0)] } ?? [])) { label }
    }
}

/// A button that does one thing, without fields to fill in.
func singleButtonForm(_ button: FormButton, action: Address, hidden: [FormField] = []) -> Markup {
    form(.class("single-button"), .method(.post), .action(action)) {
        hidden.map { input(.type("hidden"), .name($0.name), .value($0.values.first ?? "")) }
        button.markup()
    }
}

/// A link that stands among buttons: to go back without doing anything.
func buttonLink(_ label: String, to address: Address, weight: FormButton.Weight = .secondary) -> Markup {
    a(.class("button button-\(weight.rawValue)"), .href(address)) { label }
}

/// What a form will do, as a list of sentences.
func confirmation(of consequences: [String], _ say: Catalogue) -> Markup {
    div(.class("confirm")) {
        h2 { say("form.confirm.title") }
        ul { consequences.map { sentence in li { sentence } } }
    }
}

/// Terms and what is said of them. A term without anything said is left out.
///
/// - Parameter isCompact: whether they stand in columns where there is room, each with its term above it.
func factList(_ pairs: [(String, Markup)], isCompact: Bool = false) -> Markup {
    dl(.class(isCompact ? "facts compact" : "facts")) {
        pairs.filter { !$0.1.isEmpty }.map { term, said in
            div {
                dt { term }
                dd { said }
            }
        }
    }
}

/// A sentence on top of a page about what has just happened, or what to know first.
struct PageNotice: Sendable {
    enum Kind: String, Sendable {
        case success
        case warning
        case information
    }

    let kind: Kind
    let text: Markup

    /// Read out by itself, without taking the focus.
    func markup() -> Markup {
        p(.class("notice notice-\(kind.rawValue)"), .role("status")) { text }
    }
}

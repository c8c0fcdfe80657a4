// Attributes of forms and fields.

extension Attribute {
    /// Where the form is sent.
    public static func action(_ address: Address) -> Attribute { Attribute("action", address.text) }

    /// Where this button sends the form.
    public static func formaction(_ address: Address) -> Attribute { Attribute("formaction", address.text) }

    /// How the form is sent.
    public static func method(_ method: FormMethod) -> Attribute { Attribute("method", method.rawValue) }

    /// How the form is encoded.
    public static func enctype(_ encoding: FormEncoding) -> Attribute { Attribute("enctype", encoding.rawValue) }

    /// That the browser leaves the checking to the server.
    public static func novalidate(_ isPresent: Bool = true) -> Attribute { Attribute("novalidate", isPresent) }

    /// The name of a field, of a button, of metadata.
    public static func name(_ value: String) -> Attribute { Attribute("name", value) }

    /// The value of a field, of a button, of `data`.
    public static func value(_ value: String) -> Attribute { Attribute("value", value) }

    /// The kind of a field, of a button, of what a link leads to.
    public static func type(_ value: String) -> Attribute { Attribute("type", value) }

    /// The field that a label is for, by its id.
    public static func `for`(_ value: String) -> Attribute { Attribute("for", value) }

    /// The form that a field outside of it belongs to, by its id.
    public static func form(_ value: String) -> Attribute { Attribute("form", value) }

    /// The suggestions for a field, by the id of their list.
    public static func list(_ value: String) -> Attribute { Attribute("list", value) }

    /// That a box is checked.
    public static func checked(_ isPresent: Bool = true) -> Attribute { Attribute("checked", isPresent) }

    /// That an option is selected.
    public static func selected(_ isPresent: Bool = true) -> Attribute { Attribute("selected", isPresent) }

    /// That several may be chosen.
    public static func multiple(_ isPresent: Bool = true) -> Attribute { Attribute("multiple", isPresent) }

    /// That a field must be filled.
    public static func required(_ isPresent: Bool = true) -> Attribute { Attribute("required", isPresent) }

    /// That a field may not be changed.
    public static func readonly(_ isPresent: Bool = true) -> Attribute { Attribute("readonly", isPresent) }

    /// That a field is out of use.
    public static func disabled(_ isPresent: Bool = true) -> Attribute { Attribute("disabled", isPresent) }

    /// What a browser may fill in.
    public static func autocomplete(_ detail: AutofillDetail) -> Attribute { Attribute("autocomplete", detail.rawValue) }

    /// That a field has the focus when the page opens.
    public static func autofocus(_ isPresent: Bool = true) -> Attribute { Attribute("autofocus", isPresent) }

    /// Which keyboard suits the field.
    public static func inputmode(_ mode: InputMode) -> Attribute { Attribute("inputmode", mode.rawValue) }

    /// Whether the browser checks the spelling.
    public static func spellcheck(_ isOn: Bool = true) -> Attribute { Attribute("spellcheck", isOn ? "true" : "false") }

    /// The least value.
    public static func min(_ value: String) -> Attribute { Attribute("min", value) }

    /// The greatest value.
    public static func max(_ value: String) -> Attribute { Attribute("max", value) }

    /// The step between values.
    public static func step(_ value: String) -> Attribute { Attribute("step", value) }

    /// The least number of UTF-16 units.
    public static func minlength(_ number: Int) -> Attribute { Attribute("minlength", number) }

    /// The greatest number of UTF-16 units.
    public static func maxlength(_ number: Int) -> Attribute { Attribute("maxlength", number) }

    /// A regular expression that the value must match.
    public static func pattern(_ value: String) -> Attribute { Attribute("pattern", value) }

    /// An example of what to type; never in place of a label.
    public static func placeholder(_ value: String) -> Attribute { Attribute("placeholder", value) }

    /// What a group of options, or an option, is called.
    public static func label(_ text: String) -> Attribute { Attribute("label", text) }

    /// The kinds of file that are accepted.
    public static func accept(_ value: String) -> Attribute { Attribute("accept", value) }

    /// How many characters wide a field is.
    public static func size(_ number: Int) -> Attribute { Attribute("size", number) }

    /// How many lines a `textarea` shows.
    public static func rows(_ number: Int) -> Attribute { Attribute("rows", number) }

    /// How many characters wide a `textarea` is.
    public static func cols(_ number: Int) -> Attribute { Attribute("cols", number) }
}

/// How a form is sent.
public enum FormMethod: String, Sendable, Hashable {
    case get
    case post
}

/// How a form is encoded when it is posted.
public enum FormEncoding: String, Sendable, Hashable {
    case urlEncoded = "application/x-www-form-urlencoded"
    /// For files.
    case multipart = "multipart/form-data"
}

/// Which keyboard suits a field.
public enum InputMode: String, Sendable, Hashable {
    case none
    case text
    case numeric
    case decimal
    case email
    case search
    case tel
    case url
}

/// What a browser may fill a field in with (WHATWG HTML, 4.10.18.7), as far as forms here ask for it.
public enum AutofillDetail: String, Sendable, Hashable, CaseIterable {
    case off
    case name
    case givenName = "given-name"
    case familyName = "family-name"
    case email
    case username
    case currentPassword = "current-password"
    case newPassword = "new-password"
    case oneTimeCode = "one-time-code"
    case organization
    case organizationTitle = "organization-title"
    case telephone = "tel"
    case language
}

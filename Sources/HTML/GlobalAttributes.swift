// Attributes of any element.

extension Attribute {
    /// The classes, separated by spaces.
    public static func `class`(_ names: String) -> Attribute { Attribute("class", names) }

    /// The classes, those that are nil left out; without any, no attribute.
    public static func classes(_ names: [String?]) -> Attribute {
        let names = names.compactMap(\.self)
        return names.isEmpty ? Attribute("class", false) : Attribute("class", names.joined(separator: " "))
    }

    /// What the element is found by; unique in the page.
    public static func id(_ value: String) -> Attribute { Attribute("id", value) }

    /// The language of the content, as in BCP 47.
    public static func lang(_ value: String) -> Attribute { Attribute("lang", value) }

    /// The direction of the content.
    public static func dir(_ direction: TextDirection) -> Attribute { Attribute("dir", direction.rawValue) }

    /// What is said of the element on demand. Never the only place where something is said.
    public static func title(_ value: String) -> Attribute { Attribute("title", value) }

    /// What the element is to assistive technology.
    public static func role(_ value: String) -> Attribute { Attribute("role", value) }

    /// Whether the element is hidden.
    public static func hidden(_ isPresent: Bool = true) -> Attribute { Attribute("hidden", isPresent) }

    /// Whether and where the keyboard reaches the element.
    public static func tabindex(_ number: Int) -> Attribute { Attribute("tabindex", number) }

    /// Whether a translation may change the content.
    public static func translate(_ isAllowed: Bool) -> Attribute { Attribute("translate", isAllowed ? "yes" : "no") }

    /// What assistive technology is told about the element.
    public static func aria(_ name: AriaName, _ value: String) -> Attribute { Attribute(name.rawValue, value) }

    /// A value kept for scripts, as `data-name`. In the name, all but small letters, digits and hyphens is left out.
    public static func data(_ name: StaticString, _ value: String) -> Attribute {
        let bytes = name.description.utf8.filter { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        return Attribute("data-" + String(decoding: bytes, as: UTF8.self), value)
    }
}

/// The direction in which a text runs.
public enum TextDirection: String, Sendable, Hashable, CaseIterable {
    case leftToRight = "ltr"
    case rightToLeft = "rtl"
    /// Found by the browser from the text's first letter: for names and titles from elsewhere.
    case automatic = "auto"
}

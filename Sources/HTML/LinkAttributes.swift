// Attributes of links, of the page's metadata and of what is loaded.

extension Attribute {
    /// Where the link leads.
    public static func href(_ address: Address) -> Attribute { Attribute("href", address.text) }

    /// Where the image or the script comes from.
    public static func src(_ address: Address) -> Attribute { Attribute("src", address.text) }

    /// What the address is to the page: `stylesheet`, `alternate`, `next`.
    public static func rel(_ value: String) -> Attribute { Attribute("rel", value) }

    /// For which media.
    public static func media(_ value: String) -> Attribute { Attribute("media", value) }

    /// The language of what the link leads to.
    public static func hreflang(_ value: String) -> Attribute { Attribute("hreflang", value) }

    /// What is said in place of an image; empty if nothing.
    public static func alt(_ value: String) -> Attribute { Attribute("alt", value) }

    /// That the link saves a file, under this name.
    public static func download(_ filename: String) -> Attribute { Attribute("download", filename) }

    /// The character set.
    public static func charset(_ value: String) -> Attribute { Attribute("charset", value) }

    /// What the metadata says.
    public static func content(_ value: String) -> Attribute { Attribute("content", value) }

    /// What the metadata is about, in Open Graph.
    public static func property(_ value: String) -> Attribute { Attribute("property", value) }

    /// The sizes of an icon.
    public static func sizes(_ value: String) -> Attribute { Attribute("sizes", value) }

    /// The digest that a loaded file must have.
    public static func integrity(_ value: String) -> Attribute { Attribute("integrity", value) }

    /// How a file from elsewhere is asked for.
    public static func crossorigin(_ value: String) -> Attribute { Attribute("crossorigin", value) }

    /// When an image is loaded: `lazy`.
    public static func loading(_ value: String) -> Attribute { Attribute("loading", value) }

    /// What is loaded beforehand: `style`, `script`.
    public static func `as`(_ value: String) -> Attribute { Attribute("as", value) }

    /// That the script runs once the page has been read.
    public static func `defer`(_ isPresent: Bool = true) -> Attribute { Attribute("defer", isPresent) }

    /// The moment or the date, as in ISO 8601.
    public static func datetime(_ value: String) -> Attribute { Attribute("datetime", value) }

    /// That details are open.
    public static func open(_ isPresent: Bool = true) -> Attribute { Attribute("open", isPresent) }

    /// The number that an ordered list starts with.
    public static func start(_ number: Int) -> Attribute { Attribute("start", number) }
}

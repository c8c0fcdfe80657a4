// Attributes of tables.

extension Attribute {
    /// Of what a heading cell is the heading.
    public static func scope(_ scope: HeadingScope) -> Attribute { Attribute("scope", scope.rawValue) }

    /// Over how many columns a cell extends.
    public static func colspan(_ number: Int) -> Attribute { Attribute("colspan", number) }

    /// Over how many rows a cell extends.
    public static func rowspan(_ number: Int) -> Attribute { Attribute("rowspan", number) }

    /// How many columns a `col` stands for.
    public static func span(_ number: Int) -> Attribute { Attribute("span", number) }

    /// The heading cells of a cell, by their ids.
    public static func headers(_ value: String) -> Attribute { Attribute("headers", value) }

    /// A short name of a heading cell.
    public static func abbr(_ value: String) -> Attribute { Attribute("abbr", value) }
}

/// Of what a heading cell is the heading.
public enum HeadingScope: String, Sendable, Hashable {
    case col
    case row
    case colgroup
    case rowgroup
}

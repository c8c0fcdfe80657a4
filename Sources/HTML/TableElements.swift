// Tables (WHATWG HTML, 4.9).

/// A table.
public let table = Element("table")

/// What the table shows.
public let caption = Element("caption")

/// Columns that belong together.
public let colgroup = Element("colgroup")

/// A column.
public let col = VoidElement("col")

/// The rows of headings.
public let thead = Element("thead")

/// The rows of data.
public let tbody = Element("tbody")

/// The rows of totals.
public let tfoot = Element("tfoot")

/// A row.
public let tr = Element("tr")

/// A heading cell; say with `scope` of what.
public let th = Element("th")

/// A data cell.
public let td = Element("td")

// Forms (WHATWG HTML, 4.10).

/// A form.
public let form = Element("form")

/// What a field is called.
public let label = Element("label")

/// A field.
public let input = VoidElement("input")

/// A choice among options.
public let select = Element("select")

/// Options that belong together.
public let optgroup = Element("optgroup")

/// An option.
public let option = Element("option")

/// A field of several lines.
public let textarea = Element("textarea", swallowsLeadingLineFeed: true)

/// A button.
public let button = Element("button")

/// Fields that belong together.
public let fieldset = Element("fieldset")

/// What a group of fields is called.
public let legend = Element("legend")

/// Suggestions for a field.
public let datalist = Element("datalist")

/// What a form computes.
public let output = Element("output")

/// How far work has come.
public let progress = Element("progress")

/// A measure within a known range.
public let meter = Element("meter")

/// An attribute of an element: its name is one of those below, its value is always quoted and escaped.
///
/// There is no factory for a handler (`onclick`), for `style`, nor for a name made at run time, and whatever holds an address takes an ``Address``.
public struct Attribute: Sendable {
    enum Value: Sendable {
        /// The attribute is left out.
        case absent
        /// The attribute is there without a value: `checked`.
        case present
        case text(String)
    }

    let name: String
    let value: Value

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = .text(value)
    }

    init(_ name: String, _ isPresent: Bool) {
        self.name = name
        self.value = isPresent ? .present : .absent
    }

    init(_ name: String, _ number: Int) {
        self.init(name, String(number))
    }

    func render(into output: inout [UInt8]) {
        switch value {
        case .absent:
            break
        case .present:
            output.append(UInt8(ascii: " "))
            output.append(unescaped: name)
        case .text(let text):
            output.append(UInt8(ascii: " "))
            output.append(unescaped: name)
            output.append(UInt8(ascii: "="))
            output.append(UInt8(ascii: "\""))
            Escaping.append(text, to: &output)
            output.append(UInt8(ascii: "\""))
        }
    }
}

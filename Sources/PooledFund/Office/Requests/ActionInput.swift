public import Ledger

/// What somebody asks an action to do, as it was sent: by a form, or as JSON.
public struct ActionInput: Sendable {
    public let values: [String: InputValue]
    /// Amounts are in it.
    public let currency: Currency
    /// Whether what no field of the action is called is a fault. A form has fields of its own besides.
    private let isStrict: Bool

    /// The name under which it is said for whom somebody acts.
    public static let onBehalf = "on_behalf_of"

    /// - Parameter object: a JSON object.
    public init(json object: [String: InputValue], currency: Currency) {
        values = object
        self.currency = currency
        isStrict = true
    }

    /// - Parameters:
    ///   - pairs: names such as `contributions.1.amount`, and what was typed. What was left empty counts as missing.
    ///   - files: names of fields with the files that were chosen, by path.
    public init(form pairs: [(name: String, value: String)], files: [String: [String: [UInt8]]] = [:], currency: Currency) {
        var tree = FormTree()
        for (name, value) in pairs where !value.isEmpty {
            tree.put(.text(value), at: name.split(separator: ".", omittingEmptySubsequences: false))
        }
        for (name, files) in files {
            tree.put(.object(files.mapValues(InputValue.bytes)), at: name.split(separator: ".", omittingEmptySubsequences: false))
        }
        values = tree.children.mapValues(\.value)
        self.currency = currency
        isStrict = false
    }

    /// The values of an action's fields.
    ///
    /// - Throws: everything that is wrong, by field.
    public func read(_ fields: [ActionField]) throws(FieldFaults) -> FieldValues {
        let reading = FieldReading(currency: currency, isStrict: isStrict)
        let values = reading.read(fields, of: values, within: "", besides: [Self.onBehalf])
        guard reading.faults.isEmpty else { throw FieldFaults(reading.faults) }
        return values
    }
}

/// The names of a form's fields as a tree. A name that has both a value and names below it keeps the latter.
private struct FormTree {
    var children: [String: FormTree] = [:]
    private var leaf: InputValue?

    /// No field lies deeper.
    private static let depthLimit = 4

    mutating func put(_ value: InputValue, at path: [Substring]) {
        guard path.count <= Self.depthLimit else { return }
        guard let first = path.first else {
            leaf = leaf ?? value
            return
        }
        children[String(first), default: FormTree()].put(value, at: Array(path.dropFirst()))
    }

    /// Names that are numbers make a list, in their order.
    var value: InputValue {
        if children.isEmpty { return leaf ?? .object([:]) }
        let numbers = children.keys.compactMap(wholeNumber).sorted()
        guard numbers.count == children.count else { return .object(children.mapValues(\.value)) }
        return .list(numbers.compactMap { number in children[String(number)].map { .init(key: String(number), value: $0.value) } })
    }
}

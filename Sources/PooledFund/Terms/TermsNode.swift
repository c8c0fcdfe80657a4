internal import Ledger
internal import Yams

/// A place in `terms.yaml`, read as what it should be; what it is not is reported with its line and path.
struct TermsNode {
    static let file = "terms.yaml"
    let node: Node
    let path: String
    let faults: FaultCollector

    func report(_ problem: String, remedy: String) {
        faults.report(Self.file, node.mark?.line, path.isEmpty ? nil : path, problem, remedy: remedy)
    }

    /// Reports the keys of this mapping that are not among `known`, with the one that was probably meant.
    func expectKeys(_ known: [String]) {
        guard case .mapping(let mapping) = node else {
            return report(
                "is not a mapping of keys to values", remedy: "write `key: value` lines with the keys \(known.joined(separator: ", "))")
        }
        for (key, _) in mapping {
            let name = key.scalar?.string ?? "?"
            if !known.contains(name) {
                faults.report(Self.file, key.mark?.line, child(path, name), "unknown key", remedy: didYouMean(name, among: known))
            }
        }
    }

    /// The value of a key; nil if it is absent or null.
    func optional(_ key: String) -> TermsNode? {
        guard case .mapping(let mapping) = node, let value = mapping[Node(key)], !isNull(value) else { return nil }
        return TermsNode(node: value, path: child(path, key), faults: faults)
    }

    func required(_ key: String) -> TermsNode? {
        guard let value = optional(key) else {
            report("has no “\(key)”", remedy: "add it")
            return nil
        }
        return value
    }

    /// The elements of a list; an absent list is empty.
    func list(_ key: String) -> [TermsNode] {
        guard let value = optional(key) else { return [] }
        guard case .sequence(let sequence) = value.node else {
            value.report("is not a list", remedy: "write its items on lines that begin with `- `")
            return []
        }
        return sequence.enumerated().map { TermsNode(node: $1, path: "\(value.path)[\($0)]", faults: faults) }
    }

    var string: String? {
        guard let scalar = node.scalar else {
            report("is not a text", remedy: "write one value on the line")
            return nil
        }
        return scalar.string
    }

    func optionalText(_ key: String) -> String? { optional(key)?.string }

    func text(_ key: String) -> String? {
        guard let value = required(key), let text = value.string else { return nil }
        guard !text.isEmpty else {
            value.report("is empty", remedy: "give its value")
            return nil
        }
        return text
    }

    func texts(_ key: String) -> [String] { list(key).compactMap(\.string) }

    func identifier(_ key: String) -> String? {
        guard let text = text(key) else { return nil }
        guard isIdentifier(text) else {
            optional(key)?.report("“\(text)” is not an id", remedy: "use 1 to 80 letters (a–z, A–Z), digits and hyphens")
            return nil
        }
        return text
    }

    var integer: Int? {
        guard let text = string else { return nil }
        guard let integer = wholeNumber(text) else {
            report("“\(text)” is not a whole number", remedy: "write digits only")
            return nil
        }
        return integer
    }

    func integer(_ key: String) -> Int? { required(key)?.integer }

    func date(_ key: String) -> CivilDate? {
        guard let value = optional(key), let text = value.string else { return nil }
        do {
            return try CivilDate(parsing: text)
        } catch {
            value.report("“\(text)” is not a date (\(error))", remedy: "write YYYY-MM-DD, or YYYY-MM or YYYY if no more is known")
            return nil
        }
    }

    func boolean(_ key: String) -> Bool? {
        guard let value = required(key), let text = value.string else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default:
            value.report("“\(text)” is neither true nor false", remedy: "write true or false")
            return nil
        }
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        guard let value = required(key), let text = value.string else { return nil }
        guard let choice = Choice(rawValue: text) else {
            value.report("“\(text)” is not known here", remedy: didYouMean(text, among: Choice.allCases.map(\.rawValue)))
            return nil
        }
        return choice
    }

    func amount(_ key: String, in currency: Currency) -> Money? {
        guard let value = required(key), let text = value.string else { return nil }
        do {
            let amount = try Money(parsing: text, currency: currency)
            guard amount.minorUnits > 0 else {
                value.report("\(text) is not above zero", remedy: "give a positive amount")
                return nil
            }
            return amount
        } catch {
            value.report("“\(text)” is not an amount in \(currency.code) (\(error))", remedy: "write a plain decimal such as 150000000")
            return nil
        }
    }

    func rate(_ key: String) -> Ratio? {
        guard let value = required(key), let text = value.string else { return nil }
        do {
            let rate = try Ratio(parsing: text)
            guard rate.numerator >= 0, rate.numerator <= rate.denominator else {
                value.report("\(text) is not between 0 and 1", remedy: "write a fraction: 0.07 for 7 per cent")
                return nil
            }
            return rate
        } catch {
            value.report("“\(text)” is not a rate (\(error))", remedy: "write a decimal fraction such as 0.07")
            return nil
        }
    }

    static let standingKeys = ["effective_on", "source", "confidence", "note"]

    /// The source and confidence that every item may carry.
    func standing() -> Standing {
        Standing(
            effectiveOn: date("effective_on"), source: optionalText("source"),
            isConfirmed: optional("confidence") == nil || choice("confidence", Confidence.self) == .confirmed,
            note: optionalText("note") ?? "")
    }

    private enum Confidence: String, CaseIterable {
        case confirmed
        case unconfirmed
    }

    private func child(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func isNull(_ node: Node) -> Bool {
        guard let scalar = node.scalar else { return false }
        return scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    }
}

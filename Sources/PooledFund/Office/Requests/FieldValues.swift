internal import Ledger

/// What an action's fields hold, each of the kind that the field takes.
public struct FieldValues: Sendable {
    var values: [String: Checked] = [:]

    indirect enum Checked: Sendable {
        case text(String)
        case date(CivilDate)
        case amount(Money)
        case wholeNumber(Int64)
        case rows([FieldValues])
        case files([String: [UInt8]])
        case answers([String: InputValue])
        case document(AttachedDocument)
        case sheet([[String]])
    }

    /// The text of a field; empty if it is missing.
    func text(_ name: String) -> String { optionalText(name) ?? "" }

    func optionalText(_ name: String) -> String? {
        if case .text(let text) = values[name] { text } else { nil }
    }

    func date(_ name: String) -> CivilDate? {
        if case .date(let date) = values[name] { date } else { nil }
    }

    func amount(_ name: String) -> Money? {
        if case .amount(let amount) = values[name] { amount } else { nil }
    }

    func wholeNumber(_ name: String) -> Int64? {
        if case .wholeNumber(let number) = values[name] { number } else { nil }
    }

    func rows(_ name: String) -> [FieldValues] {
        if case .rows(let rows) = values[name] { rows } else { [] }
    }

    func files(_ name: String) -> [String: [UInt8]] {
        if case .files(let files) = values[name] { files } else { [:] }
    }

    func answers(_ name: String) -> [String: InputValue] {
        if case .answers(let answers) = values[name] { answers } else { [:] }
    }

    func document(_ name: String) -> AttachedDocument? {
        if case .document(let document) = values[name] { document } else { nil }
    }

    func sheet(_ name: String) -> [[String]] {
        if case .sheet(let rows) = values[name] { rows } else { [] }
    }

    func choice<Choice: RawRepresentable>(_ name: String, _: Choice.Type = Choice.self) -> Choice? where Choice.RawValue == String {
        optionalText(name).flatMap(Choice.init(rawValue:))
    }

    /// A value of a field that must be filled: the reading has seen to it, and whoever declares the field otherwise learns it here.
    func required<Value>(_ value: Value?, _ name: String) throws(FieldFaults) -> Value {
        guard let value else { throw FieldFaults([FieldFault(field: name, problem: "is missing", remedy: "give it")]) }
        return value
    }
}

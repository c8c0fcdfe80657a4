/// A field that two texts of a form answer differently.
public struct AnswerDifference: Sendable, Hashable {
    public let section: String
    /// The field's id, with the row and the column where it has rows: `partners.2.name`.
    public let field: String
    /// Nil where one of the two has nothing.
    public let before: String?
    public let after: String?

    /// Field by field, in the order of the form; rows by their places.
    static func between(_ before: SectionAnswers, _ after: SectionAnswers, in section: ProposalForm.Section) -> [AnswerDifference] {
        section.fields.flatMap { field -> [AnswerDifference] in
            let (old, new) = (flat(before.values[field.id], field.id), flat(after.values[field.id], field.id))
            let names = old.map { $0.name } + new.map { $0.name }.filter { name in !old.contains { $0.name == name } }
            return names.compactMap { name in
                let (was, is_) = (old.first { $0.name == name }?.text, new.first { $0.name == name }?.text)
                return was == is_ ? nil : AnswerDifference(section: section.id, field: name, before: was, after: is_)
            }
        }
    }

    private static func flat(_ value: InputValue?, _ name: String) -> [(name: String, text: String)] {
        switch value {
        case .text(let text): return [(name, text)]
        case .list(let items) where items.contains { if case .object = $0.value { true } else { false } }:
            return items.enumerated().flatMap { index, item -> [(name: String, text: String)] in
                guard case .object(let members) = item.value else { return [] }
                return members.sorted { $0.key < $1.key }.flatMap { flat($0.value, "\(name).\(index + 1).\($0.key)") }
            }
        case .list: return [(name, SectionAnswers.texts(value).joined(separator: "; "))]
        default: return []
        }
    }
}

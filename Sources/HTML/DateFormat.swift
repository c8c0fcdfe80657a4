/// The order and the words of a date: `{day} de {month} de {year}`.
struct DateFormat: Sendable {
    private var parts: [Sentence.Part]

    init(_ text: String) {
        parts = Sentence.parts(of: text) ?? [.text(text)]
    }

    func text(day: String, month: String, year: String) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .placeholder("day"): day
            case .placeholder("month"): month
            case .placeholder("year"): year
            case .placeholder(let name): "⟨\(name)⟩"
            }
        }.joined()
    }

    func mappingText(_ change: (String) -> String) -> DateFormat {
        var copy = self
        copy.parts = parts.map { if case .text(let text) = $0 { .text(change(text)) } else { $0 } }
        return copy
    }
}

extension Language {
    /// A date as precise as it is known: `31 January 2024`, `January 2024`, `2024`. A month that does not exist is written as its number.
    public func date(year: Int, month: Int? = nil, day: Int? = nil) -> String {
        guard let month else { return String(year) }
        guard months.indices.contains(month - 1) else {
            return [year, month, day].compactMap { $0.map { String($0) } }.joined(separator: "-")
        }
        let format = day == nil ? monthFormat : dayFormat
        return format.text(day: day.map { $0 == 1 ? firstDay : String($0) } ?? "", month: months[month - 1], year: String(year))
    }
}

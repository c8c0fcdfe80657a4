internal import Foundation
internal import HTML
internal import PooledFund

/// A form of an action as it was sent, or as it is shown first.
struct ActionForm: Sendable {
    /// What was typed.
    let typed: [NamedValue]
    /// The files that were chosen, by field and path: those of before, where none were chosen anew.
    let files: [String: [String: Data]]
    /// Makes what is sent twice count once.
    let key: String

    /// Fields of the form itself, which are no action's.
    static let (step, key, kept, rows) = ("step", "key", "kept", "rows")
    private static let own: Set<String> = [step, key, kept, rows]

    enum Step: String {
        case preview
        case perform
        /// Back from the preview.
        case change
        /// One more row.
        case more
    }

    init(_ form: any NamedValues, files uploaded: [UploadedFile] = []) {
        typed = form.pairs.filter { !Self.own.contains($0.name) }
        var files = form.first(Self.kept).flatMap { try? JSONDecoder().decode([String: [String: Data]].self, from: Data($0.utf8)) } ?? [:]
        for (field, chosen) in Dictionary(grouping: uploaded, by: \.field) {
            files[field] = Dictionary(chosen.map { ($0.fileName, Data($0.bytes)) }, uniquingKeysWith: { first, _ in first })
        }
        self.files = files
        key = form.first(Self.key).flatMap { KeyedRequest(key: $0, body: [])?.key } ?? UUID().uuidString.lowercased()
    }

    /// The same with another key: nothing of it was done yet.
    func anew() -> ActionForm { ActionForm(typed: typed, files: files, key: UUID().uuidString.lowercased()) }

    private init(typed: [NamedValue], files: [String: [String: Data]], key: String) {
        self.typed = typed
        self.files = files
        self.key = key
    }

    /// What is asked, as bytes that are the same whenever the same is asked.
    func request(_ action: String) -> KeyedRequest? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let fields = typed.filter { !$0.value.isEmpty }.map { [$0.name, $0.value] }.sorted { $0.lexicographicallyPrecedes($1) }
        guard let body = try? encoder.encode([action: fields]), let files = try? encoder.encode(files) else { return nil }
        return KeyedRequest(key: key, body: [UInt8](body + files))
    }

    /// What hands everything on unseen.
    var hidden: [FormField] {
        typed.filter { !$0.value.isEmpty }.map { .hidden($0.name, $0.value) } + hiddenOwn
    }

    /// What the form itself hands on, beside the fields that are shown.
    var hiddenOwn: [FormField] {
        var hidden = [FormField.hidden(Self.key, key)]
        if !files.isEmpty, let text = try? JSONEncoder().encode(files) {
            hidden.append(.hidden(Self.kept, String(decoding: text, as: UTF8.self)))
        }
        return hidden
    }

    func value(_ name: String) -> String? { typed.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }

    /// How many rows of a list were typed.
    func rowCount(_ name: String) -> Int {
        typed.compactMap { pair in
            pair.name.hasPrefix("\(name).") ? wholeNumber(String(pair.name.dropFirst(name.utf8.count + 1).prefix { $0 != "." })) : nil
        }.max() ?? 0
    }
}

internal import Foundation

extension ActionInput {
    /// For whom the request is made, if it is for somebody who answered otherwise.
    ///
    /// A form says so by fields and a file, JSON by `{"person": …, "note": …, "document": {"name": …, "content": BASE64}}`.
    ///
    /// - Throws: what is wrong, by field.
    public func answeredOtherwise() throws(FieldFaults) -> OnBehalf? {
        let prefix = Self.onBehalf
        guard let said = values[prefix] else { return nil }
        guard case .object(let members) = said else { throw Self.fault("person", "is missing", "say who answered, and attach the answer") }
        guard let person = said["person"]?.string, isIdentifier(person) else {
            // A form has the other fields whether or not they are filled.
            guard members.contains(where: { name, value in name != "note" || !(value.string ?? "x").isEmpty }) else { return nil }
            throw Self.fault("person", "is missing, or not the id of a person", "say who answered")
        }
        let note = said["note"]?.string ?? ""
        guard note.utf8.count <= 500, !note.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw Self.fault("note", "has more than 500 bytes, or a line break", "shorten it")
        }
        guard let (name, content) = Self.file(said["document"]) else {
            throw Self.fault("document", "is missing, or cannot be read", "attach the answer")
        }
        do throws(Refusal) {
            return OnBehalf(person: person, answer: try AttachedDocument(name: name, content: content), note: note)
        } catch {
            throw Self.fault("document", error.reason, error.remedy ?? "attach another")
        }
    }

    private static func fault(_ field: String, _ problem: String, _ remedy: String) -> FieldFaults {
        FieldFaults([FieldFault(field: "\(onBehalf).\(field)", problem: problem, remedy: remedy)])
    }

    /// A file of a form stands under its name, one of JSON as base64 beside it.
    static func file(_ value: InputValue?) -> (name: String, content: [UInt8])? {
        guard case .object(let members) = value else { return nil }
        if let name = members["name"]?.string, let text = members["content"]?.string {
            return Data(base64Encoded: text).map { (name, [UInt8]($0)) }
        }
        guard members.count == 1, let (name, content) = members.first, case .bytes(let bytes) = content else { return nil }
        return (name, bytes)
    }
}

extension Actor {
    /// The same, for somebody who answered otherwise.
    public func acting(for onBehalf: OnBehalf?) -> Actor {
        guard let onBehalf else { return self }
        return .person(id, through: passage, onBehalf: onBehalf)
    }
}

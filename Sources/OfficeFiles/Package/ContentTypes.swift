/// What `[Content_Types].xml` says of the parts of a package (ECMA-376, part 2, 7.2.3).
final class ContentTypes: XMLVisitor {
    static let part = "[Content_Types].xml"

    private var byName: [String: String] = [:]
    private var byExtension: [String: String] = [:]
    /// Whether any part is declared as macros, or as what may hold some.
    private(set) var hasMacros = false

    func type(of part: String) -> String? {
        let name = ZipDirectory.folded(part)
        if let type = byName[name] { return type }
        let last = name.split(separator: "/").last ?? ""
        guard let dot = last.lastIndex(of: ".") else { return nil }
        return byExtension[String(last[last.index(after: dot)...])]
    }

    func begin(_ element: XMLElement) throws(OfficeFileFault) {
        guard element.name.namespace == OfficeNamespace.contentTypes, let declared = element["ContentType"] else { return }
        let type = String(ZipDirectory.folded(declared).prefix { $0 != ";" })
        switch element.name.local {
        case "Override":
            guard let name = element["PartName"] else { return }
            // By the standard the name begins with a slash.
            let part = ZipDirectory.folded(name.hasPrefix("/") ? String(name.dropFirst()) : name)
            guard byName.updateValue(type, forKey: part) == nil else { throw OfficeFileFault(.duplicate("the type of \(part)")) }
            if type.contains("macroenabled") || type.contains("vbaproject") { hasMacros = true }
        case "Default":
            guard let ending = element["Extension"] else { return }
            byExtension[ZipDirectory.folded(ending)] = type
        default:
            break
        }
    }

    func text(_ piece: UnsafeRawBufferPointer) {}
    func end(_ name: XMLName) {}
}

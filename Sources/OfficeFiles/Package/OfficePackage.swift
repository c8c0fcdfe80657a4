/// An Office file as a package (ECMA-376, part 2): parts in an archive, each with a content type, tied together by relationships.
final class OfficePackage {
    let archive: ZipArchive
    private let types: ContentTypes

    /// - Throws: `OfficeFileFault` if it is no archive, no package, or holds macros.
    convenience init(_ bytes: [UInt8], limits: ZipArchive.Limits) throws(OfficeFileFault) {
        try self.init(ZipArchive(bytes, limits: limits))
    }

    /// - Throws: `OfficeFileFault` if it is no package, or holds macros.
    init(_ archive: ZipArchive) throws(OfficeFileFault) {
        self.archive = archive
        types = ContentTypes()
        guard archive.contains(ContentTypes.part) else { throw OfficeFileFault(.missing(ContentTypes.part)) }
        try read(ContentTypes.part, into: types)
        guard !types.hasMacros, !archive.names.contains(where: { ZipDirectory.folded($0).hasSuffix("vbaproject.bin") }) else {
            throw OfficeFileFault(.macros)
        }
    }

    /// The content type of a part, without its parameters; nil if nothing declares it.
    func contentType(of part: String) -> String? { types.type(of: part) }

    /// The part that the package is about.
    func mainPart() throws(OfficeFileFault) -> String {
        guard let part = try relationships(of: "").first(where: { $0.kind == "officeDocument" })?.part else {
            throw OfficeFileFault(.missing("the main part"))
        }
        return part
    }

    /// What a part refers to within the package; links to elsewhere are left out.
    func relationships(of part: String) throws(OfficeFileFault) -> [Relationship] {
        let folder = part.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(part[...$0]) } ?? ""
        let file = String(part.dropFirst(folder.count))
        let name = "\(folder)_rels/\(file).rels"
        guard archive.contains(name) else { return [] }
        let visitor = Relationships(folder: folder)
        try read(name, into: visitor)
        return visitor.all
    }

    /// Hands the XML of a part to a visitor, without holding all of it in memory.
    func read(
        _ part: String, into visitor: any XMLVisitor, limits: XMLDocumentReader.Limits = XMLDocumentReader.Limits()
    ) throws(OfficeFileFault) {
        let reader = try XMLDocumentReader(visitor: visitor, limits: limits)
        try archive.read(part) { (chunk: UnsafeRawBufferPointer) throws(OfficeFileFault) in try reader.take(chunk) }
        do {
            try reader.finish()
        } catch {
            throw error.within(.part(part))
        }
    }
}

/// One relationship to another part.
struct Relationship {
    let id: String
    /// The last step of its type, the same in the transitional and the strict form: `worksheet`, `styles`.
    let kind: String
    let part: String
}

private final class Relationships: XMLVisitor {
    private(set) var all: [Relationship] = []
    private let folder: String

    init(folder: String) { self.folder = folder }

    func begin(_ element: XMLElement) throws(OfficeFileFault) {
        guard element.name == XMLName(OfficeNamespace.relationships, "Relationship"), element["TargetMode"] != "External" else { return }
        guard let id = element["Id"], let type = element["Type"], let target = element["Target"], let part = part(target) else { return }
        all.append(Relationship(id: id, kind: String(type.split(separator: "/").last ?? ""), part: part))
    }

    func text(_ piece: UnsafeRawBufferPointer) {}
    func end(_ name: XMLName) {}

    /// A target is relative to the folder of the part that refers to it, or begins at the root.
    private func part(_ target: String) -> String? {
        var steps: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for step in target.split(separator: "/") {
            if step == ".." {
                guard steps.popLast() != nil else { return nil }
            } else if step != "." {
                steps.append(step)
            }
        }
        return steps.isEmpty ? nil : steps.joined(separator: "/")
    }
}

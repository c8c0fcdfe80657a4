/// Why a file cannot be read, or not be written: what is wrong, and where.
public struct OfficeFileFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let problem: Problem
    /// Where in the file: a part of the archive, a sheet, a cell, a field. From the outermost; empty where it is the file as a whole.
    public let place: [Place]

    public enum Place: Hashable, Sendable {
        /// A file within the archive.
        case part(String)
        case line(Int)
        case sheet(String)
        case cell(CellReference)
        /// A field of a form, by its tag.
        case field(String)
    }

    public enum Problem: Hashable, Sendable {
        /// More than is read of something that a stranger can make large.
        case tooMuch(Measure, limit: Int)
        case notAnArchive
        /// The archive, or what is packed in it, is damaged or cut off.
        case damaged(String)
        case encrypted
        /// Packed otherwise than stored or deflated.
        case unknownCompression
        /// A name that leads out of the archive, or that file systems read differently.
        case unsafeName
        /// Two of what there may only be one.
        case duplicate(String)
        /// A part that the format requires is not there.
        case missing(String)
        case notWellFormed(String)
        /// A DOCTYPE, behind which entities are declared.
        case documentType
        /// Encoded otherwise than in UTF-8.
        case unknownEncoding(String)
        /// It holds programs (macros), or may.
        case macros
        /// It is an archive, but not of the kind that was asked for.
        case wrongKind(expected: String)
        /// The format does not allow what stands there.
        case malformed(String)
        /// What was to be written has no place in the format.
        case notWritable(String)
        /// The system does not do what it is asked.
        case system(String)
    }

    /// What is counted.
    public enum Measure: String, Hashable, Sendable {
        case archiveBytes = "bytes"
        case entries = "files in the archive"
        case entryBytes = "bytes in one file of the archive, unpacked"
        case unpackedBytes = "bytes in all files of the archive, unpacked"
        case ratio = "times as large unpacked as packed"
        case depth = "elements within each other"
        case elements
        case attributes = "attributes of an element"
        case namespaces
        case names = "names of elements and attributes"
        case tagBytes = "bytes in a tag"
        case textBytes = "bytes of text"
        case sheets
        case rows
        case columns
        case cells
        case ranges = "merged ranges"
        case styles
        case sharedTexts = "texts"
        case digits = "digits"
        case fields
    }

    public init(_ problem: Problem, at place: [Place] = []) {
        self.problem = problem
        self.place = place
    }

    /// The same, within a place further out.
    func within(_ outer: Place) -> OfficeFileFault { OfficeFileFault(problem, at: [outer] + place) }

    public var description: String {
        guard !place.isEmpty else { return problem.description }
        return place.map(\.description).joined(separator: ", ") + ": " + problem.description
    }
}

extension OfficeFileFault.Place: CustomStringConvertible {
    public var description: String {
        switch self {
        case .part(let name): name
        case .line(let number): "line \(number)"
        case .sheet(let name): "sheet “\(name)”"
        case .cell(let reference): "cell \(reference)"
        case .field(let tag): "field “\(tag)”"
        }
    }
}

extension OfficeFileFault.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooMuch(.ratio, let limit): "more than \(limit) times as large unpacked as packed, as a zip bomb is"
        case .tooMuch(let measure, let limit): "more than \(limit) \(measure.rawValue)"
        case .notAnArchive: "not a ZIP archive"
        case .damaged(let detail): "damaged or cut off (\(detail))"
        case .encrypted: "encrypted with a password"
        case .unknownCompression: "packed in a way that is not read"
        case .unsafeName: "a name that could lead out of the archive"
        case .duplicate(let thing): "\(thing) is there twice"
        case .missing(let thing): "\(thing) is missing"
        case .notWellFormed(let detail): "not well-formed XML (\(detail))"
        case .documentType: "XML with a document type, which is not read"
        case .unknownEncoding(let name): "XML in the encoding \(name), not UTF-8"
        case .macros: "holds macros"
        case .wrongKind(let expected): "not \(expected)"
        case .malformed(let detail), .notWritable(let detail), .system(let detail): detail
        }
    }
}

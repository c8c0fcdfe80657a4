/// What kind of file some bytes are, as they show themselves; its name is not asked.
///
/// Only these may come in. The office files are opened for that: all that is packed in them is unpacked and counted, so that one that is
/// recognized is neither damaged nor a bomb and holds no macros.
public enum FileKind: String, Sendable, CaseIterable {
    case pdf = "application/pdf"
    case png = "image/png"
    case jpeg = "image/jpeg"
    case wordDocument = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case message = "message/rfc822"
    case csv = "text/csv"
    case plainText = "text/plain"

    /// The largest file, in bytes.
    public static let sizeLimit = 25 * 1024 * 1024

    public var mediaType: String { rawValue }

    /// How the names of such files end, in lower case, the most common first.
    public var nameExtensions: [String] {
        switch self {
        case .pdf: ["pdf"]
        case .png: ["png"]
        case .jpeg: ["jpg", "jpeg"]
        case .wordDocument: ["docx"]
        case .workbook: ["xlsx"]
        case .message: ["eml"]
        case .csv: ["csv"]
        case .plainText: ["txt", "md", "csv", "tsv"]
        }
    }

    /// - Parameter name: as the file was sent; it is only used to say what the file is not.
    /// - Throws: `UnrecognizedFile`, why it may not come in.
    public static func of(_ bytes: [UInt8], named name: String? = nil) throws(UnrecognizedFile) -> FileKind {
        do throws(UnrecognizedFile.Reason) {
            return try FileSniffer(bytes).kind()
        } catch {
            throw UnrecognizedFile(error, claimed: name.flatMap(claimedExtension))
        }
    }

    private static func claimedExtension(_ name: String) -> String? {
        let last = name.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.last ?? ""[...].utf8
        guard let dot = last.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        let ending = last[last.index(after: dot)...]
        guard (1...10).contains(ending.count),
            ending.allSatisfy({
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            })
        else { return nil }
        return String(decoding: ending.map { $0 >= UInt8(ascii: "A") ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}

/// A file that may not come in, and why.
public struct UnrecognizedFile: Error, Hashable, Sendable, CustomStringConvertible {
    public let reason: Reason
    /// How its name ends, in lower case: what it claims to be.
    public let claimed: String?

    public enum Reason: Error, Hashable, Sendable {
        case empty
        case tooLarge(limit: Int)
        case html
        case svg
        case xml
        case rtf
        /// A picture of another kind than PNG and JPEG.
        case otherPicture
        /// A program, or a script that begins with `#!`.
        case program
        /// A file of Office before 2007, or one that is encrypted with a password: both have the same outer form.
        case compoundFile
        /// An archive that is no DOCX and no XLSX file.
        case otherArchive
        /// An Office file of another kind, such as a presentation or a template.
        case otherOfficeFile
        /// An Office file, or at least an archive, that is damaged, a bomb, or holds macros.
        case refused(OfficeFileFault)
        /// Text that is not in UTF-8.
        case otherEncoding
        /// Bytes that are nothing known.
        case unknown
    }

    init(_ reason: Reason, claimed: String?) {
        self.reason = reason
        self.claimed = claimed
    }

    public var description: String {
        switch reason {
        case .refused(.init(.macros)): return "an Office file with macros"
        case .refused(let fault): return (claimed.map { "a file named .\($0) that cannot be taken: " } ?? "") + fault.description
        case .empty, .tooLarge: return what
        default: return claimed.map { "\(what) named .\($0)" } ?? what
        }
    }

    private var what: String {
        switch reason {
        case .empty: "an empty file"
        case .tooLarge(let limit): "a file of more than \(limit / 1024 / 1024) MiB"
        case .html: "an HTML page"
        case .svg: "an SVG picture"
        case .xml: "an XML document"
        case .rtf: "an RTF document"
        case .otherPicture: "a picture that is neither PNG nor JPEG"
        case .program: "a program"
        case .compoundFile: "an Office file of before 2007, or one with a password"
        case .otherArchive: "an archive"
        case .otherOfficeFile: "an Office file of another kind"
        case .refused: "a damaged file"
        case .otherEncoding: "a text that is not in UTF-8"
        case .unknown: "a file of an unknown kind"
        }
    }
}

internal import Crypto
public import OfficeFiles
internal import SQL

/// A file that somebody attached: kept by its digest, once however often it is attached.
public struct AttachedDocument: Sendable, Hashable {
    /// As the content shows, not as somebody says.
    public let kind: FileKind
    /// The file's name as it was sent, without its folders; not trusted for anything.
    public let name: String
    public let content: [UInt8]

    /// The largest file, in bytes.
    public static let sizeLimit = FileKind.sizeLimit

    /// What may be attached: text is taken for a table of values or not as it shows itself, and either will do.
    static let taken: Set<FileKind> = [.pdf, .png, .jpeg, .message, .plainText, .csv]

    /// - Throws: `Refusal` for an empty or too large file, or one of a kind that may not be attached.
    public init(name: String, content: [UInt8]) throws(Refusal) {
        guard content.count <= Self.sizeLimit else {
            throw Refusal("the file has more than \(Self.sizeLimit / 1024 / 1024) MiB", remedy: "make it smaller")
        }
        self.init(kind: try Self.kind(of: content, named: name), name: name, content: content)
    }

    /// One that was attached before, and was checked then.
    init(kept name: String, mediaType: String, content: [UInt8]) {
        self.init(kind: FileKind(rawValue: mediaType) ?? .plainText, name: name, content: content)
    }

    private init(kind: FileKind, name: String, content: [UInt8]) {
        self.kind = kind
        self.content = content
        let last = name.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.last.map(Array.init) ?? []
        self.name = String(decoding: last.filter { $0 >= 0x20 && $0 != 0x7F }.prefix(200), as: UTF8.self)
    }

    private static func kind(of content: [UInt8], named name: String) throws(Refusal) -> FileKind {
        let remedy = "attach a PDF, a PNG or JPEG picture, a mail, or plain text"
        // What is packed is not taken, so that nothing has to be unpacked to say so.
        guard !content.starts(with: "PK".utf8) else { throw Refusal("the file is an archive, or an Office file", remedy: remedy) }
        let kind: FileKind
        do {
            kind = try FileKind.of(content, named: name)
        } catch {
            throw Refusal("the file is \(error)", remedy: remedy)
        }
        guard taken.contains(kind) else { throw Refusal("the file is of no kind that may be attached", remedy: remedy) }
        return kind
    }

    public var mediaType: String { kind.mediaType }

    public var digest: [UInt8] { Array(SHA256.hash(data: content)) }
}

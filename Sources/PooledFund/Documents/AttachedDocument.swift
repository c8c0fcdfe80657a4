internal import Crypto
internal import SQL

/// A file that somebody attached: kept by its digest, once however often it is attached.
public struct AttachedDocument: Sendable, Hashable {
    /// As the content shows, not as somebody says.
    public let mediaType: MediaType
    /// The file's name as it was sent, without its folders; not trusted for anything.
    public let name: String
    public let content: [UInt8]

    /// The largest file, in bytes.
    public static let sizeLimit = 25 * 1024 * 1024

    /// What may be attached.
    public enum MediaType: String, Sendable, CaseIterable {
        case pdf = "application/pdf"
        case png = "image/png"
        case jpeg = "image/jpeg"
        case message = "message/rfc822"
        case text = "text/plain"

        /// The type that the first bytes show; nil for what may not be attached.
        static func of(_ content: [UInt8]) -> MediaType? {
            if content.starts(with: "%PDF-".utf8) { return .pdf }
            if content.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
            if content.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
            guard !content.contains(where: { $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D].contains($0) }),
                String(validating: content, as: UTF8.self) != nil
            else { return nil }
            return looksLikeMessage(content) ? .message : .text
        }

        /// Whether it begins with a head of a mail (RFC 5322): `Name: value`, of which one is From or Received.
        private static func looksLikeMessage(_ content: [UInt8]) -> Bool {
            let lines = content.prefix(4_096).split(separator: 0x0A).prefix(40)
            let names = lines.prefix { $0 != [0x0D] }.compactMap { line -> String? in
                line.firstIndex(of: UInt8(ascii: ":")).map { String(decoding: line[..<$0], as: UTF8.self).lowercased() }
            }
            return names.contains("from") && (names.contains("date") || names.contains("received"))
        }
    }

    /// - Throws: `Refusal` for an empty or too large file, or one of a type that may not be attached.
    public init(name: String, content: [UInt8]) throws(Refusal) {
        guard !content.isEmpty else { throw Refusal("the file is empty", remedy: "choose another") }
        guard content.count <= Self.sizeLimit else {
            throw Refusal("the file has more than \(Self.sizeLimit / 1024 / 1024) MiB", remedy: "make it smaller")
        }
        guard let mediaType = MediaType.of(content) else {
            throw Refusal(
                "the file is of no type that may be attached", remedy: "attach a PDF, a PNG or JPEG picture, a mail, or plain text")
        }
        self.mediaType = mediaType
        self.content = content
        let last = name.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.last.map(Array.init) ?? []
        self.name = String(decoding: last.filter { $0 >= 0x20 && $0 != 0x7F }.prefix(200), as: UTF8.self)
    }

    public var digest: [UInt8] { Array(SHA256.hash(data: content)) }
}

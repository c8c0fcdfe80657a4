internal import HTML
internal import HTTPTypes

/// A form with files, sent as `multipart/form-data` (RFC 7578), read as browsers write it and no more loosely.
///
/// Nothing comes before the first boundary nor after the last. Refused are nested parts, encodings of transfer other than as-is, `filename*`,
/// folded headers and names with control characters: no browser sends them, and each is a way to make two readers see two things.
struct MultipartBody: NamedValues {
    /// The parts without a file name.
    let pairs: [NamedValue]
    /// The parts with one. A field of files in which none was chosen gives none.
    let files: [UploadedFile]

    struct Limits: Sendable {
        /// Of the whole body.
        var bytes = 34 * 1024 * 1024
        var fileBytes = 25 * 1024 * 1024
        /// Of the value of a field that is no file.
        var valueBytes = 256 * 1024
        var parts = 2_000
        /// Of the headers of one part.
        var headerBytes = 4 * 1024
        var nameBytes = 200
    }

    static let mediaType = "multipart/form-data"

    /// - Parameters:
    ///   - bytes: the body. The files' bytes share its storage.
    ///   - contentType: the request's `Content-Type`, which names the boundary.
    /// - Throws: 415 for another content type, 413 beyond a limit of bytes, 400 for all else that cannot be read.
    init(parsing bytes: [UInt8], contentType: String, limits: Limits = Limits()) throws(Failure) {
        let boundary = try Self.boundary(in: contentType)
        guard bytes.count <= limits.bytes else { throw .bodyTooLarge(limit: limits.bytes) }
        var (pairs, files): ([NamedValue], [UploadedFile]) = ([], [])
        var parts = MultipartParts(bytes, boundary: boundary, headerLimit: limits.headerBytes)
        var count = 0
        while let part = try parts.next() {
            count += 1
            guard count <= limits.parts else { throw Failure(.badRequest, "error.form-too-many", ["value": String(limits.parts)]) }
            let headers = try PartHeaders(part.headers, nameLimit: limits.nameBytes)
            if let fileName = headers.fileName {
                guard part.content.count <= limits.fileBytes else {
                    throw Failure(.contentTooLarge, "error.file-too-large", ["parameter": fileName, "value": byteSize(limits.fileBytes)])
                }
                // A browser sends a part without name and content for a field in which no file was chosen.
                guard !fileName.isEmpty || !part.content.isEmpty else { continue }
                files.append(
                    UploadedFile(field: headers.name, fileName: fileName, contentType: headers.contentType, bytes: part.content))
            } else {
                guard part.content.count <= limits.valueBytes else { throw .bodyTooLarge(limit: limits.valueBytes) }
                guard let value = typedText(part.content) else { throw .formUnreadable }
                pairs.append(NamedValue(name: headers.name, value: value))
            }
        }
        self.pairs = pairs
        self.files = files
    }

    /// The files of one field, in order.
    func files(_ field: String) -> [UploadedFile] {
        files.filter { $0.field.utf8.elementsEqual(field.utf8) }
    }

    /// The boundary that a `Content-Type` names: 1 to 70 of the characters that RFC 2046 (5.1.1) allows, a space not at the end.
    static func boundary(in contentType: String) throws(Failure) -> [UInt8] {
        guard let type = HeaderParameters(contentType.utf8, quoting: .backslash), type.value == mediaType else { throw .wrongMediaType }
        guard let boundary = type["boundary"], (1...70).contains(boundary.count), boundary.last != UInt8(ascii: " "),
            boundary.allSatisfy(isBoundaryByte)
        else { throw .formUnreadable }
        return boundary
    }

    private static func isBoundaryByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "'()+_,-./:=? ".utf8.contains(byte)
        }
    }
}

/// A file that somebody sent with a form. All but its bytes is what the sender's browser says, which proves nothing.
struct UploadedFile: Sendable {
    /// The name of the form's field.
    let field: String
    /// As sent, with the path relative to the chosen folder where a folder was chosen. Never the name of a file on this machine.
    let fileName: String
    /// As sent; nil if it was not. What the file is, its bytes say.
    let contentType: String?
    let bytes: ArraySlice<UInt8>
}

extension Failure {
    static let wrongMediaType = Failure(.unsupportedMediaType, "error.media-type")
}

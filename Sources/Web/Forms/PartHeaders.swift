/// What the headers of a part of a multipart body say of it. Those that RFC 7578 (4.8) does not name are passed over, as it asks.
struct PartHeaders {
    let name: String
    /// Nil for a part that is no file.
    let fileName: String?
    let contentType: String?

    private static let contentTypeLimit = 200

    /// - Parameters:
    ///   - bytes: lines ended by CR LF, without the empty one.
    ///   - nameLimit: of the field's name, in bytes.
    /// - Throws: 400 for what cannot be read.
    init(_ bytes: ArraySlice<UInt8>, nameLimit: Int) throws(Failure) {
        var disposition: HeaderParameters?
        var contentType: String?
        for (name, value) in try Self.lines(bytes) {
            switch name {
            case "content-disposition":
                guard disposition == nil, let read = HeaderParameters(value, quoting: .browser), read.value == "form-data" else {
                    throw .formUnreadable
                }
                disposition = read
            case "content-type":
                guard contentType == nil, let type = Self.printable(value), !HeaderParameters.lowercased(value).hasPrefix("multipart/")
                else { throw .formUnreadable }
                contentType = type
            case "content-transfer-encoding":
                guard ["7bit", "8bit", "binary"].contains(HeaderParameters.lowercased(value)) else { throw .formUnreadable }
            default: break
            }
        }
        guard let disposition, disposition["filename*"] == nil, let nameBytes = disposition["name"], nameBytes.count <= nameLimit,
            let name = Self.plainName(nameBytes), !name.isEmpty
        else { throw .formUnreadable }
        self.name = name
        self.contentType = contentType
        if let bytes = disposition["filename"] {
            guard let fileName = Self.plainName(bytes) else { throw .formUnreadable }
            self.fileName = fileName
        } else {
            fileName = nil
        }
    }

    private static func lines(_ bytes: ArraySlice<UInt8>) throws(Failure) -> [(name: String, value: ArraySlice<UInt8>)] {
        var lines: [(String, ArraySlice<UInt8>)] = []
        var rest = bytes
        while !rest.isEmpty {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\r")), rest[end...].dropFirst().first == UInt8(ascii: "\n") else {
                throw .formUnreadable
            }
            let line = rest[..<end]
            rest = rest[(end + 2)...]
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy(HeaderParameters.isToken), !line.contains(where: { $0 == UInt8(ascii: "\n") || $0 == 0 })
            else { throw .formUnreadable }
            let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
            var value = line[(colon + 1)...].drop(while: isSpace)
            while let last = value.last, isSpace(last) { value.removeLast() }
            lines.append((HeaderParameters.lowercased(line[..<colon]), value))
        }
        return lines
    }

    private static func printable(_ bytes: ArraySlice<UInt8>) -> String? {
        bytes.count <= contentTypeLimit && bytes.allSatisfy { (0x20...0x7E).contains($0) } ? String(decoding: bytes, as: UTF8.self) : nil
    }

    /// UTF-8 without control characters, those of the second row (U+0080 to U+009F) included.
    private static func plainName(_ bytes: [UInt8]) -> String? {
        guard let name = String(validating: bytes, as: UTF8.self),
            name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { return nil }
        return name
    }
}

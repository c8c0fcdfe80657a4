#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The parts of a multipart body one after the other, each as its headers and its content (RFC 2046, 5.1.1).
struct MultipartParts {
    private let bytes: [UInt8]
    private let delimiter: [UInt8]
    private let headerLimit: Int
    private var position = 0
    private var isAtEnd = false

    /// - Parameter headerLimit: of the headers of one part, in bytes.
    init(_ bytes: [UInt8], boundary: [UInt8], headerLimit: Int) {
        self.bytes = bytes
        delimiter = Array("\r\n--".utf8) + boundary
        self.headerLimit = headerLimit
    }

    /// The next part; nil after the last.
    ///
    /// - Throws: 400 if the body is cut off or is not made of parts.
    mutating func next() throws(Failure) -> (headers: ArraySlice<UInt8>, content: ArraySlice<UInt8>)? {
        if isAtEnd { return nil }
        if position == 0 {
            // The first boundary needs no line before it.
            guard bytes.starts(with: delimiter.dropFirst(2)) else { throw .formUnreadable }
            position = delimiter.count - 2
            try passBoundary()
            if isAtEnd { return nil }
        }
        let headers = try headers()
        guard let end = firstDelimiter(from: position) else { throw .formUnreadable }
        let content = bytes[position..<end]
        position = end + delimiter.count
        try passBoundary()
        return (headers, content)
    }

    /// What follows a boundary: a line's end and another part, or two hyphens and the end of the body, with or without a line's end.
    private mutating func passBoundary() throws(Failure) {
        let rest = bytes[position...]
        if rest.starts(with: "\r\n".utf8) {
            position += 2
        } else if rest.elementsEqual("--\r\n".utf8) || rest.elementsEqual("--".utf8) {
            isAtEnd = true
        } else {
            throw .formUnreadable
        }
    }

    /// The lines up to the empty one, which is passed.
    private mutating func headers() throws(Failure) -> ArraySlice<UInt8> {
        let start = position
        let limit = min(bytes.count, start + headerLimit + 2)
        var line = start
        while let end = bytes[line..<limit].firstIndex(of: UInt8(ascii: "\r")), bytes[end...].dropFirst().first == UInt8(ascii: "\n") {
            position = end + 2
            if end == line { return bytes[start..<line] }
            line = min(position, limit)
        }
        throw .formUnreadable
    }

    /// Where the next delimiter begins. A file may be of many megabytes, hence the C library's search.
    private func firstDelimiter(from start: Int) -> Int? {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return nil }
            var position = start
            while position + delimiter.count <= buffer.count {
                let last = buffer.count - delimiter.count
                guard let found = memchr(base + position, Int32(UInt8(ascii: "\r")), last - position + 1) else { return nil }
                position = UnsafeRawPointer(found) - base
                if memcmp(base + position, delimiter, delimiter.count) == 0 { return position }
                position += 1
            }
            return nil
        }
    }
}

internal import Crypto

/// One file of a fund folder, read with limits before anything is made of it.
struct FolderFile {
    static let sizeLimit = 32 * 1024 * 1024

    /// Relative to the folder.
    let name: String
    /// Without a byte order mark.
    let text: String
    /// SHA-256 of the file's bytes.
    let digest: String

    /// - Returns: nil, with the reason in `faults`, if the file is missing, too large or not text.
    static func read(_ name: String, in files: any FolderFiles, faults: FaultCollector) -> FolderFile? {
        let bytes: [UInt8]
        do {
            bytes = try files.content(of: name, limit: sizeLimit)
        } catch {
            faults.report(name, nil, nil, error.problem, remedy: error.remedy)
            return nil
        }
        if let position = bytes.firstIndex(of: 0) {
            faults.report(name, line(at: position, of: bytes), nil, "contains the character U+0000", remedy: "remove it")
            return nil
        }
        guard let text = String(validating: bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self) else {
            let position = firstInvalidByte(of: bytes)
            faults.report(name, line(at: position, of: bytes), nil, "is not UTF-8 from byte \(position + 1) on", remedy: "save it as UTF-8")
            return nil
        }
        return FolderFile(name: name, text: text, digest: hexadecimal(SHA256.hash(data: bytes)))
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static func line(at position: Int, of bytes: [UInt8]) -> Int {
        1 + bytes[..<position].count { $0 == UInt8(ascii: "\n") }
    }

    private static func firstInvalidByte(of bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var valid = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
        return min(valid, bytes.count - 1)
    }
}

internal import Crypto
internal import Foundation

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
    static func read(_ name: String, in folder: URL, faults: FaultCollector) -> FolderFile? {
        let url = folder.appendingPathComponent(name)
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
        guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else {
            faults.report(name, nil, nil, "is missing", remedy: "add it; Documentation/fund-folder.md gives its form")
            return nil
        }
        let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        guard size <= sizeLimit else {
            faults.report(name, nil, nil, "has \(size) bytes", remedy: "keep it at \(sizeLimit) bytes or less")
            return nil
        }
        guard let data = try? Data(contentsOf: url), data.count <= sizeLimit else {
            faults.report(name, nil, nil, "cannot be read", remedy: "check that you may read it")
            return nil
        }
        let bytes = [UInt8](data)
        if let position = bytes.firstIndex(of: 0) {
            faults.report(name, line(at: position, of: bytes), nil, "contains the character U+0000", remedy: "remove it")
            return nil
        }
        guard let text = String(validating: bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self) else {
            let position = firstInvalidByte(of: bytes)
            faults.report(name, line(at: position, of: bytes), nil, "is not UTF-8 from byte \(position + 1) on", remedy: "save it as UTF-8")
            return nil
        }
        return FolderFile(name: name, text: text, digest: hexadecimal(SHA256.hash(data: data)))
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

internal import Foundation

/// The files of a fund folder, wherever they are.
protocol FolderFiles {
    /// - Parameter name: relative to the folder, as every name here.
    /// - Throws: what stands in the way of reading the file.
    func content(of name: String, limit: Int) throws(FolderFileProblem) -> [UInt8]

    /// The names of what is directly within `texts`, without it.
    var texts: [String] { get }
}

/// Why a file is not read.
enum FolderFileProblem: Error {
    case missing
    case tooLarge(bytes: Int, limit: Int)
    case unreadable

    var problem: String {
        switch self {
        case .missing: "is missing"
        case .tooLarge(let bytes, _): "has \(bytes) bytes"
        case .unreadable: "cannot be read"
        }
    }

    var remedy: String {
        switch self {
        case .missing: "add it; Documentation/fund-folder.md gives its form"
        case .tooLarge(_, let limit): "keep it at \(limit) bytes or less"
        case .unreadable: "check that you may read it"
        }
    }
}

/// A folder on this machine.
struct FolderOnDisk: FolderFiles {
    let url: URL

    func content(of name: String, limit: Int) throws(FolderFileProblem) -> [UInt8] {
        let file = url.appendingPathComponent(name)
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.resolvingSymlinksInPath().path)
        guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else { throw .missing }
        let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        guard size <= limit else { throw .tooLarge(bytes: size, limit: limit) }
        guard let data = try? Data(contentsOf: file), data.count <= limit else { throw .unreadable }
        return [UInt8](data)
    }

    var texts: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: url.appendingPathComponent("texts").path)) ?? []
    }
}

/// A folder that somebody handed over: its files by their names.
struct FolderHandedOver: FolderFiles {
    let files: [String: [UInt8]]

    func content(of name: String, limit: Int) throws(FolderFileProblem) -> [UInt8] {
        guard let content = files[name] else { throw .missing }
        guard content.count <= limit else { throw .tooLarge(bytes: content.count, limit: limit) }
        return content
    }

    var texts: [String] {
        files.keys.filter { $0.hasPrefix("texts/") }.map { String($0.dropFirst("texts/".count)) }.filter { !$0.contains("/") }
    }
}

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A file in a folder of its own that only this user can open; both are gone when nothing refers to it any more.
final class PrivateTemporaryFile {
    let path: String
    private let folder: String

    init() throws(OfficeFileFault) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/pooledfund-office-XXXXXX".utf8CString)
        guard let name = mkdtemp(&template).map({ String(cString: $0) }) else { throw Self.fault("no temporary folder in \(parent)") }
        folder = name
        path = folder + "/workbook.xlsx"
        let file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            let fault = Self.fault("no temporary file in \(folder)")
            rmdir(folder)
            throw fault
        }
        close(file)
    }

    deinit {
        unlink(path)
        rmdir(folder)
    }

    func content() throws(OfficeFileFault) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Self.fault("\(path) cannot be read") }
        defer { close(file) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.fault("\(path) cannot be read") }
            guard count > 0 else { return content }
            content += chunk[..<count]
        }
    }

    private static func fault(_ text: String) -> OfficeFileFault {
        OfficeFileFault(.system("\(text): \(String(cString: strerror(errno)))"))
    }
}

internal import CZip

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Packs files into a ZIP archive in memory: the same files give the same bytes, whenever and wherever.
public struct ZipWriter {
    private var files: [(name: String, content: [UInt8])] = []

    public init() {}

    /// Names are ASCII, as those of Office files are; the order is that of the archive.
    public mutating func add(_ name: String, _ content: [UInt8]) { files.append((name, content)) }

    /// - Throws: `OfficeFileFault` if a name is there twice, or there is no memory.
    public func archive() throws(OfficeFileFault) -> [UInt8] {
        guard let result = zip_source_buffer_create(nil, 0, 0, nil) else { throw Self.outOfMemory }
        defer { zip_source_free(result) }
        guard let archive = zip_open_from_source(result, ZIP_CREATE | ZIP_TRUNCATE, nil) else { throw Self.outOfMemory }
        // Closing gives up the archive's hold on what it is written to.
        zip_source_keep(result)
        do {
            for file in files { try Self.add(file.name, file.content, to: archive) }
        } catch {
            zip_discard(archive)
            throw error
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw OfficeFileFault(.system("the archive could not be written"))
        }
        return try Self.content(of: result)
    }

    private static let outOfMemory = OfficeFileFault(.system("out of memory"))

    private static func add(_ name: String, _ content: [UInt8], to archive: OpaquePointer) throws(OfficeFileFault) {
        // libzip frees it, with free(), when it has been written; of nothing it takes no copy.
        let copy = content.isEmpty ? nil : malloc(content.count)
        guard content.isEmpty || copy != nil else { throw outOfMemory }
        content.withUnsafeBytes { bytes in
            if let copy, let address = bytes.baseAddress { _ = memcpy(copy, address, bytes.count) }
        }
        guard let source = zip_source_buffer(archive, copy, UInt64(content.count), copy == nil ? 0 : 1) else {
            free(copy)
            throw outOfMemory
        }
        let index = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            throw OfficeFileFault(.duplicate(name))
        }
        // The first day of the format, whatever the clock and the time zone: 1 January 1980.
        zip_file_set_dostime(archive, UInt64(index), 0, 0x0021, 0)
        zip_set_file_compression(archive, UInt64(index), ZIP_CM_DEFLATE, 9)
    }

    private static func content(of source: OpaquePointer) throws(OfficeFileFault) -> [UInt8] {
        var status = zip_stat_t()
        guard zip_source_open(source) == 0 else { throw OfficeFileFault(.system("the archive could not be read back")) }
        defer { zip_source_close(source) }
        guard zip_source_stat(source, &status) == 0 else { throw OfficeFileFault(.system("the archive could not be read back")) }
        let size = Int(status.size)
        var isWhole = false
        let content = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = buffer.baseAddress.map { max(0, Int(zip_source_read(source, $0, UInt64(size)))) } ?? 0
            isWhole = count == size
        }
        guard isWhole else { throw OfficeFileFault(.system("the archive could not be read back")) }
        return content
    }
}

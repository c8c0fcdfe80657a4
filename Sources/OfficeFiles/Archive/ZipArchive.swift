internal import CZip

/// A ZIP archive in memory, of which nothing is believed: what is unpacked is counted while it is unpacked, and every name, size and
/// checksum is held against what comes.
///
/// Not for several threads at once.
public final class ZipArchive {
    /// How much is taken. An archive beyond them is refused.
    public struct Limits: Sendable, Hashable {
        /// Of the archive itself.
        public var archiveBytes: Int
        public var entries: Int
        /// Of one entry, unpacked.
        public var entryBytes: Int
        /// Of all that is unpacked, one entry after the other.
        public var unpackedBytes: Int
        /// How many times as large as packed an entry may become. Below a MiB it is not asked: small files of blanks pack well.
        public var ratio: Int

        public init(
            archiveBytes: Int = 25 * 1024 * 1024, entries: Int = 2_000, entryBytes: Int = 128 * 1024 * 1024,
            unpackedBytes: Int = 256 * 1024 * 1024, ratio: Int = 200
        ) {
            self.archiveBytes = archiveBytes
            self.entries = entries
            self.entryBytes = entryBytes
            self.unpackedBytes = unpackedBytes
            self.ratio = ratio
        }
    }

    /// The files, in the order of the archive; folders are left out.
    public let names: [String]

    private let limits: Limits
    private let archive: OpaquePointer
    /// What libzip reads from; it has to stay until the archive is closed.
    private let memory: UnsafeMutableRawBufferPointer
    private let entries: [String: Entry]
    private var unpackedBytes = 0

    private struct Entry {
        let index: UInt64
        let packedBytes: UInt64
    }

    /// Looks through the directory of the archive; unpacks nothing.
    ///
    /// - Throws: `OfficeFileFault` if it is no archive, beyond the limits, or has an entry that is encrypted, packed otherwise than stored
    ///   or deflated, there twice, or badly named.
    public init(_ bytes: [UInt8], limits: Limits = Limits()) throws(OfficeFileFault) {
        guard bytes.count <= limits.archiveBytes else { throw OfficeFileFault(.tooMuch(.archiveBytes, limit: limits.archiveBytes)) }
        try ZipDirectory.check(bytes, limits: limits)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        memory.copyBytes(from: bytes)
        guard let archive = Self.open(memory) else {
            memory.deallocate()
            throw OfficeFileFault(bytes.starts(with: [0x50, 0x4B]) ? .damaged("no directory that fits") : .notAnArchive)
        }
        do {
            (names, entries) = try Self.directory(of: archive, limits: limits)
        } catch {
            zip_discard(archive)
            memory.deallocate()
            throw error
        }
        self.limits = limits
        self.archive = archive
        self.memory = memory
    }

    deinit {
        zip_discard(archive)
        memory.deallocate()
    }

    public func contains(_ name: String) -> Bool { entries[ZipDirectory.folded(name)] != nil }

    /// One file of the archive, unpacked. As in Office files, a capital letter (A to Z) in the name does not matter.
    ///
    /// - Throws: `OfficeFileFault` if it is not there, damaged, or beyond the limits.
    public func read(_ name: String) throws(OfficeFileFault) -> [UInt8] {
        var content: [UInt8] = []
        try read(name) { (chunk: UnsafeRawBufferPointer) throws(OfficeFileFault) in content.append(contentsOf: chunk) }
        return content
    }

    /// One file of the archive, unpacked piece by piece, none larger than 64 KiB. What comes is only known to be whole at the end.
    ///
    /// - Throws: `OfficeFileFault` if it is not there, damaged, or beyond the limits; what `body` throws ends it.
    public func read(_ name: String, _ body: (UnsafeRawBufferPointer) throws(OfficeFileFault) -> Void) throws(OfficeFileFault) {
        guard let entry = entries[ZipDirectory.folded(name)] else { throw OfficeFileFault(.missing(name)) }
        do {
            try unpack(entry, body)
        } catch {
            throw error.within(.part(name))
        }
    }

    /// Unpacks everything and throws it away: afterwards it is known to be neither damaged nor a bomb.
    ///
    /// - Throws: `OfficeFileFault` for the first file that is.
    public func verify() throws(OfficeFileFault) {
        for name in names { try read(name) { (_: UnsafeRawBufferPointer) throws(OfficeFileFault) in } }
    }

    private func unpack(
        _ entry: Entry, _ body: (UnsafeRawBufferPointer) throws(OfficeFileFault) -> Void
    ) throws(OfficeFileFault) {
        guard let file = zip_fopen_index(archive, entry.index, 0) else {
            throw OfficeFileFault(.damaged(String(cString: zip_error_strerror(zip_get_error(archive)))))
        }
        defer { zip_fclose(file) }
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
        defer { chunk.deallocate() }
        guard let address = chunk.baseAddress else { return }
        var entryBytes = 0
        while true {
            let count = Int(zip_fread(file, address, UInt64(chunk.count)))
            guard count >= 0 else { throw OfficeFileFault(.damaged(String(cString: zip_error_strerror(zip_file_get_error(file))))) }
            guard count > 0 else { return }
            entryBytes += count
            unpackedBytes += count
            try check(entryBytes, packed: entry.packedBytes)
            try body(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        }
    }

    private func check(_ entryBytes: Int, packed: UInt64) throws(OfficeFileFault) {
        if entryBytes > limits.entryBytes { throw OfficeFileFault(.tooMuch(.entryBytes, limit: limits.entryBytes)) }
        if unpackedBytes > limits.unpackedBytes { throw OfficeFileFault(.tooMuch(.unpackedBytes, limit: limits.unpackedBytes)) }
        // What the directory says of the packed size may be a lie too; it cannot be more than there is.
        let packedBytes = max(1, Int(min(packed, UInt64(memory.count))))
        if entryBytes > 1024 * 1024, entryBytes / packedBytes >= limits.ratio {
            throw OfficeFileFault(.tooMuch(.ratio, limit: limits.ratio))
        }
    }

    private static func open(_ memory: UnsafeMutableRawBufferPointer) -> OpaquePointer? {
        guard memory.count > 0, let source = zip_source_buffer_create(memory.baseAddress, UInt64(memory.count), 0, nil) else { return nil }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY, nil) else {
            zip_source_free(source)
            return nil
        }
        return archive
    }

    private static func directory(
        of archive: OpaquePointer, limits: Limits
    ) throws(OfficeFileFault) -> (names: [String], entries: [String: Entry]) {
        let count = zip_get_num_entries(archive, 0)
        guard count <= limits.entries else { throw OfficeFileFault(.tooMuch(.entries, limit: limits.entries)) }
        var names: [String] = []
        var entries: [String: Entry] = [:]
        for index in 0..<UInt64(max(0, count)) {
            var status = zip_stat_t()
            guard zip_stat_index(archive, index, 0, &status) == 0, let text = zip_get_name(archive, index, ZIP_FL_ENC_RAW) else {
                throw OfficeFileFault(.damaged("an entry without a name"))
            }
            guard let name = ZipDirectory.safeName(text) else { throw OfficeFileFault(.unsafeName) }
            guard status.encryption_method == ZIP_EM_NONE else { throw OfficeFileFault(.encrypted, at: [.part(name)]) }
            guard Int32(status.comp_method) == ZIP_CM_STORE || Int32(status.comp_method) == ZIP_CM_DEFLATE else {
                throw OfficeFileFault(.unknownCompression, at: [.part(name)])
            }
            let entry = Entry(index: index, packedBytes: status.comp_size)
            guard entries.updateValue(entry, forKey: ZipDirectory.folded(name)) == nil else { throw OfficeFileFault(.duplicate(name)) }
            if !name.hasSuffix("/") { names.append(name) }
        }
        return (names, entries)
    }
}

/// What the first 100 bytes of an SQLite file say about it (https://www.sqlite.org/fileformat.html#the_database_header).
public struct SQLiteFileHeader: Sendable, Hashable {
    /// Whether it was last written with a write-ahead log, whose file would have to be beside it to read it.
    public let hasWriteAheadLog: Bool
    /// In bytes; nil if the file does not say.
    public let declaredSize: Int64?
    /// Whether it carries this program's mark.
    public let isOfThisProgram: Bool

    /// nil if `bytes` do not begin an SQLite file.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count >= 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) else { return nil }
        func number(at offset: Int, _ count: Int = 4) -> Int64 {
            bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int64($1) }
        }
        hasWriteAheadLog = bytes[18] == 2 || bytes[19] == 2
        let pageSize = number(at: 16, 2) == 1 ? 65_536 : number(at: 16, 2)
        // An old program that changed the file left its number of pages as it was, and the mark of when it was right with it.
        declaredSize = number(at: 24) == number(at: 92) && number(at: 28) > 0 ? number(at: 28) * pageSize : nil
        isOfThisProgram = number(at: 68) == SQLiteDatabase.applicationID
    }
}

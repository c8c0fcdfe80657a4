import Foundation
import SQL

extension TestDatabase {
    /// Flips one bit of the third byte of a text where it stands in the files, as a failing disk might. Nobody may have the database open, and on PostgreSQL it
    /// must be a copy that is in the files alone: what the server has in memory is not read again.
    ///
    /// - Parameter bit: 0 for the lowest, up to 7.
    public func flip(bit: Int, of text: String) throws {
        switch engine {
        case .sqlite:
            let file = URL(fileURLWithPath: try path)
            var bytes = try Data(contentsOf: file)
            guard let range = bytes.range(of: Data(text.utf8)) else { throw Unexpected("“\(text)” is not in the file") }
            bytes[range.lowerBound + 2] ^= UInt8(1 << bit)
            try bytes.write(to: file)
        case .postgresql:
            #if PostgreSQL
                // Where the tables are, and the long values that stand apart from their rows; this reads the catalogue only.
                let paths = try RawPostgreSQL(url: try url).execute(
                    "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 't') AND oid >= 16384")
                let server = try RawPostgreSQL(url: try RawPostgreSQL.url(of: "postgres"))
                let list = paths.map { "'\($0)'" }.joined(separator: ", ")
                let found = try server.execute(
                    """
                    WITH file AS (SELECT path, pg_read_binary_file(path) AS bytes FROM unnest(ARRAY[\(list)]) AS path),
                    hit AS (SELECT path, bytes, (position(convert_to('\(text)', 'UTF8') IN bytes) + 1) * 8 + \(bit) AS place FROM file)
                    SELECT lo_from_bytea(0, set_bit(bytes, place, 1 - get_bit(bytes, place))) || ' ' || path FROM hit WHERE place >= 16 LIMIT 1
                    """
                )
                guard let parts = found.first?.split(separator: " "), parts.count == 2 else {
                    throw Unexpected("“\(text)” is not in the files")
                }
                try server.execute("SELECT lo_export(\(parts[0]), '\(parts[1])'); SELECT lo_unlink(\(parts[0]))")
            #else
                throw Unexpected("this build knows SQLite only")
            #endif
        }
    }
}

internal import Foundation
internal import SQL

extension SQLiteTransaction {
    func tables() throws -> [TableDescription] {
        let tables = try rows(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migration' ORDER BY name"
        ) { (name: try $0.text("name"), text: try $0.text("sql")) }
        return try tables.map { name, text in
            let columns = try rows(
                "SELECT name, type, \"notnull\" AS required, pk FROM pragma_table_xinfo(\(name)) WHERE hidden = 0 ORDER BY cid")
            let keyColumns = try columns.filter { try $0.integer("pk") > 0 }.sorted { try $0.integer("pk") < $1.integer("pk") }
            return TableDescription(
                name: name,
                columns: try columns.map { column in
                    TableDescription.Column(
                        name: try column.text("name"), type: Self.type(try column.text("type")),
                        isNullable: try column.integer("required") == 0)
                },
                primaryKey: try keyColumns.map { try $0.text("name") }, uniqueKeys: try uniqueKeys(of: name),
                foreignKeys: try foreignKeys(of: name, definedBy: text))
        }
    }

    private static func type(_ declared: String) -> TableDescription.ColumnType {
        switch declared {
        case "INTEGER": .integer
        case "TEXT": .text
        case "BLOB": .bytes
        default: .other(declared)
        }
    }

    private func uniqueKeys(of table: String) throws -> Set<[String]> {
        let indexes = try rows("SELECT name FROM pragma_index_list(\(table)) WHERE origin = 'u'") { try $0.text("name") }
        return Set(
            try indexes.map { index in
                try rows("SELECT name FROM pragma_index_info(\(index)) ORDER BY seqno") { try $0.text("name") }
            })
    }

    private func foreignKeys(of table: String, definedBy text: String) throws -> Set<TableDescription.ForeignKey> {
        var keys: [Int64: (table: String, columns: [String], referenced: [String])] = [:]
        try query(
            "SELECT id, \"table\" AS parent, \"from\" AS child, \"to\" AS referenced FROM pragma_foreign_key_list(\(table)) ORDER BY id, seq"
        ) { row in
            let id = try row.integer("id")
            var key = try keys[id] ?? (row.text("parent"), [], [])
            key.columns.append(try row.text("child"))
            key.referenced.append(try row.text("referenced"))
            keys[id] = key
        }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return Set(
            keys.values.map { key in
                // The engine does not tell when it checks a key; the text of the table does.
                let clause =
                    "FOREIGN KEY (\(key.columns.joined(separator: ", "))) REFERENCES \(key.table) (\(key.referenced.joined(separator: ", ")))"
                return TableDescription.ForeignKey(
                    columns: key.columns, table: key.table, referenced: key.referenced,
                    isDeferred: words.contains("\(clause) DEFERRABLE INITIALLY DEFERRED"))
            })
    }
}

#if PostgreSQL
    internal import SQL

    extension PostgreSQLTransaction {
        func tables() throws -> [TableDescription] {
            let columns = try columnsByTable()
            let constraints = try constraintsByTable()
            return columns.keys.sorted().map { name in
                let constraints = constraints[name, default: [:]].values
                return TableDescription(
                    name: name, columns: columns[name] ?? [], primaryKey: constraints.first { $0.kind == "p" }?.columns ?? [],
                    uniqueKeys: Set(constraints.filter { $0.kind == "u" }.map(\.columns)),
                    foreignKeys: Set(
                        constraints.filter { $0.kind == "f" }.map { constraint in
                            TableDescription.ForeignKey(
                                columns: constraint.columns, table: constraint.table, referenced: constraint.referenced,
                                isDeferred: constraint.isDeferred)
                        }))
            }
        }

        private func columnsByTable() throws -> [String: [TableDescription.Column]] {
            var tables: [String: [TableDescription.Column]] = [:]
            try query(
                """
                SELECT relname, attname, format_type(atttypid, atttypmod) AS type, attnotnull
                FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
                WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND relname <> 'migration'
                AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
                ORDER BY relname, attnum
                """
            ) { row in
                tables[try row.text("relname"), default: []].append(
                    TableDescription.Column(
                        name: try row.text("attname"), type: Self.type(try row.text("type")),
                        isNullable: try row.integer("attnotnull") == 0))
            }
            return tables
        }

        private static func type(_ declared: String) -> TableDescription.ColumnType {
            switch declared {
            case "bigint": .integer
            case "text": .text
            case "bytea": .bytes
            default: .other(declared)
            }
        }

        private struct Constraint {
            let kind: String
            let table: String
            let isDeferred: Bool
            var columns: [String] = []
            var referenced: [String] = []
        }

        /// The constraints of each table by their names.
        private func constraintsByTable() throws -> [String: [String: Constraint]] {
            var tables: [String: [String: Constraint]] = [:]
            try query(
                """
                SELECT child.relname AS child, conname, contype, condeferred, coalesce(parent.relname, '') AS parent,
                    here.attname AS here, coalesce(there.attname, '') AS there
                FROM pg_constraint JOIN pg_class AS child ON child.oid = conrelid LEFT JOIN pg_class AS parent ON parent.oid = confrelid
                CROSS JOIN LATERAL unnest(conkey, confkey) WITH ORDINALITY AS pair(here, there, position)
                JOIN pg_attribute AS here ON here.attrelid = conrelid AND here.attnum = pair.here
                LEFT JOIN pg_attribute AS there ON there.attrelid = confrelid AND there.attnum = pair.there
                WHERE connamespace = current_schema()::regnamespace AND contype IN ('p', 'u', 'f')
                ORDER BY child.relname, conname, position
                """
            ) { row in
                let (table, name, kind) = (try row.text("child"), try row.text("conname"), try row.text("contype"))
                var constraint =
                    try tables[table]?[name]
                    ?? Constraint(kind: kind, table: row.text("parent"), isDeferred: row.integer("condeferred") == 1)
                constraint.columns.append(try row.text("here"))
                if kind == "f" { constraint.referenced.append(try row.text("there")) }
                tables[table, default: [:]][name] = constraint
            }
            return tables
        }
    }
#endif

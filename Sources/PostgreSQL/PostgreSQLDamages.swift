#if PostgreSQL
    public import SQL

    extension PostgreSQLDatabase {
        /// Where the schema is no longer what its migrations made, and which rows refer to nothing. Whether the server's files are sound, its own checksums
        /// and tools tell.
        ///
        /// - Throws: `DatabaseError.refused` if the role may not create the schema that is needed to compare.
        public func damages(in migrations: [Migration]) async throws -> [String] {
            let texts = try migrations.map { try $0.text(for: .postgresql) }
            let changes = try await onReadingThread { [readers] in try readers.with { try Self.schemaChanges(since: texts, on: $0) } }
            return changes + (try await read { try Self.danglingReferences(in: $0) })
        }

        // MARK: The schema

        /// Lets the migrations make the schema anew beside the one that is there, compares the two, and undoes it: nobody else ever sees it.
        private static func schemaChanges(since texts: [String], on connection: PostgreSQLConnection) throws -> [String] {
            try connection.begin("BEGIN ISOLATION LEVEL REPEATABLE READ")
            defer { connection.rollBack() }
            let transaction = PostgreSQLTransaction(on: connection)
            let right = try transaction.first(
                """
                SELECT pg_is_in_recovery() AS standby, has_database_privilege(current_database(), 'CREATE') AS may_create,
                    quote_ident(current_schema()) AS schema
                """)
            guard try right?.integer("standby") == 0 else {
                throw DatabaseError.refused("a standby cannot compare its schema with what made it; ask the primary")
            }
            guard let right, try right.integer("may_create") == 1 else {
                throw DatabaseError.refused(
                    "comparing the schema with what made it needs the right to create one in the database; run this as the owner")
            }
            let found = try definitions(in: transaction)
            // A name of its own: two that do this at once do not wait for each other.
            let schema = "pooledfund_intended_\(connection.serverProcess)"
            try connection.run(script: "CREATE SCHEMA \(schema); SET LOCAL search_path = \(schema)")
            try connection.run(script: migrationTable)
            for text in texts { try connection.run(script: text) }
            return Migration.changes(from: try definitions(in: transaction), to: found)
        }

        /// What defines every table, constraint, index, trigger and function of the current schema, by its kind and name.
        private static func definitions(in transaction: any ReadTransaction) throws -> [String: String] {
            let rows = try transaction.rows(
                """
                WITH relation AS (
                    SELECT oid, relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity FROM pg_class
                    WHERE relnamespace = current_schema()::regnamespace
                    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
                )
                SELECT 'table ' || relname AS name,
                    relkind::text || relpersistence::text || relrowsecurity || relforcerowsecurity || coalesce(string_agg(
                        attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull || ' ' || attcollation || ' '
                        || coalesce(pg_get_expr(adbin, adrelid), '') || attgenerated::text, ', ' ORDER BY attnum), '') AS text
                FROM relation LEFT JOIN pg_attribute ON attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
                LEFT JOIN pg_attrdef ON adrelid = relation.oid AND adnum = attnum
                WHERE relkind NOT IN ('i', 'I', 't') GROUP BY relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity
                UNION ALL
                SELECT 'constraint ' || conname || ' of ' || relname,
                    pg_get_constraintdef(pg_constraint.oid) || ' ' || condeferrable || condeferred || convalidated
                FROM pg_constraint JOIN relation ON relation.oid = conrelid
                UNION ALL
                SELECT 'index ' || relname, replace(pg_get_indexdef(relation.oid), ' ' || quote_ident(current_schema()) || '.', ' ')
                    || ' ' || indisvalid || indisready || indislive
                FROM relation JOIN pg_index ON indexrelid = relation.oid
                UNION ALL
                SELECT 'trigger ' || tgname || ' of ' || relname, pg_get_triggerdef(pg_trigger.oid, true) || ' ' || tgenabled::text
                FROM pg_trigger JOIN relation ON relation.oid = tgrelid WHERE NOT tgisinternal
                UNION ALL
                -- The triggers that hold the foreign keys have no name of their own; whether they are switched off is what counts.
                SELECT 'triggers of the constraints of ' || relname, string_agg(tgenabled::text, '' ORDER BY tgenabled::text)
                FROM pg_trigger JOIN relation ON relation.oid = tgrelid WHERE tgisinternal GROUP BY relname
                UNION ALL
                SELECT 'rule ' || rulename || ' of ' || relname, pg_get_ruledef(pg_rewrite.oid) || ev_enabled::text
                FROM pg_rewrite JOIN relation ON relation.oid = ev_class
                UNION ALL
                SELECT 'policy ' || polname || ' of ' || relname, polcmd::text FROM pg_policy JOIN relation ON relation.oid = polrelid
                UNION ALL
                -- Rows of a child are read with those of its parent.
                SELECT 'child ' || inhrelid::regclass::text || ' of ' || relname, '' FROM pg_inherits JOIN relation ON relation.oid = inhparent
                UNION ALL
                SELECT 'function ' || proname || '(' || pg_get_function_identity_arguments(pg_proc.oid) || ')',
                    replace(pg_get_functiondef(pg_proc.oid), ' ' || quote_ident(current_schema()) || '.', ' ')
                FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
                AND prokind IN ('f', 'p') AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
                """
            ) { (try $0.text("name"), try $0.text("text")) }
            return Dictionary(rows, uniquingKeysWith: { "\($0)\n\($1)" })
        }

        // MARK: References

        /// Rows whose reference leads nowhere: only someone who switched the constraints off could write them.
        private static func danglingReferences(in transaction: any ReadTransaction) throws -> [String] {
            let checks = try transaction.rows(
                """
                SELECT quote_ident(child.relname) AS child, quote_ident(parent.relname) AS parent,
                    string_agg('parent.' || quote_ident(there.attname) || ' = child.' || quote_ident(here.attname), ' AND ') AS matches,
                    string_agg('child.' || quote_ident(here.attname) || ' IS NOT NULL', ' AND ') AS present
                FROM pg_constraint JOIN pg_class AS child ON child.oid = conrelid JOIN pg_class AS parent ON parent.oid = confrelid
                CROSS JOIN LATERAL unnest(conkey, confkey) AS pair(here, there)
                JOIN pg_attribute AS here ON here.attrelid = conrelid AND here.attnum = pair.here
                JOIN pg_attribute AS there ON there.attrelid = confrelid AND there.attnum = pair.there
                WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
                GROUP BY pg_constraint.oid, child.relname, parent.relname ORDER BY child.relname, pg_constraint.oid
                """
            ) { row in
                (
                    table: try row.text("child"), parent: try row.text("parent"), matches: try row.text("matches"),
                    present: try row.text("present")
                )
            }
            var damages: [String] = []
            for check in checks {
                // The names are the catalogue's own, quoted by it.
                let count = try transaction.first(
                    Statement(
                        stringLiteral: """
                            SELECT COUNT(*) AS count FROM \(check.table) AS child WHERE \(check.present)
                            AND NOT EXISTS (SELECT 1 FROM \(check.parent) AS parent WHERE \(check.matches))
                            """))?.integer("count")
                if let count, count > 0 {
                    damages.append(
                        "\(count == 1 ? "a row" : "\(count) rows") of \(check.table) \(count == 1 ? "refers" : "refer") to nothing")
                }
            }
            return damages
        }
    }
#endif

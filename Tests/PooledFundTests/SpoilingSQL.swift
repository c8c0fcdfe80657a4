import SQL
import TestSupport

/// What whoever spoils a record writes differently for each engine.
enum SpoilingSQL {
    /// Takes away what stands in the way of every alteration, for whoever opens the database next.
    static var removalOfGuards: String {
        switch TestDatabase.engine {
        case .sqlite: "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE type = 'trigger'"
        case .postgresql:
            """
            DO $$ DECLARE guard record; BEGIN
                FOR guard IN SELECT tgname AS name, tgrelid::regclass AS place FROM pg_trigger WHERE NOT tgisinternal LOOP
                    EXECUTE format('DROP TRIGGER %I ON %s', guard.name, guard.place);
                END LOOP;
                FOR guard IN SELECT conname AS name, conrelid::regclass AS place FROM pg_constraint
                    WHERE contype = 'c' AND connamespace = 'public'::regnamespace LOOP
                    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', guard.place, guard.name);
                END LOOP;
            END $$
            """
        }
    }

    /// The kinds of things that `removalOfGuards` takes away, as a verification names them.
    static var takenAway: [String] {
        switch TestDatabase.engine {
        case .sqlite: ["trigger"]
        case .postgresql: ["trigger", "constraint"]
        }
    }

    /// Switches off for one connection what cannot be taken away: SQLite's checks; the triggers that hold PostgreSQL's foreign keys.
    static var unchecked: String {
        switch TestDatabase.engine {
        case .sqlite: "PRAGMA ignore_check_constraints = ON; "
        case .postgresql: "SET session_replication_role = replica; "
        }
    }

    /// 32 bytes that are no hash of anything.
    static var zeros: String {
        switch TestDatabase.engine {
        case .sqlite: "zeroblob(32)"
        case .postgresql: "decode(repeat('00', 32), 'hex')"
        }
    }

    /// The bytes of a column and a space.
    static func lengthened(_ column: String) -> String {
        switch TestDatabase.engine {
        case .sqlite: "CAST(\(column) || ' ' AS BLOB)"
        case .postgresql: "\(column) || ' '::bytea"
        }
    }

    /// A text of the Terms as it stands in the engine's files. PostgreSQL compresses a long value, whose first bytes stay as they were.
    static var ofTheTerms: String {
        switch TestDatabase.engine {
        case .sqlite: "One pot for river towns"
        case .postgresql: "# A made"
        }
    }

    /// The condition that holds for the first row of a table of the record alone.
    static func isFirstRow(of table: String) -> String {
        "(fund, event, ordinal) = (SELECT fund, event, ordinal FROM \(table) ORDER BY fund, event, ordinal LIMIT 1)"
    }
}

internal import SQL

/// The SQL of what a database is for.
enum HouseMarkQueries {
    static func has(_ name: String, in transaction: any ReadTransaction) throws -> Bool {
        try transaction.first("SELECT 1 AS one FROM house_mark WHERE name = \(name)") != nil
    }

    static func set(_ name: String, in transaction: any WriteTransaction) throws {
        try transaction.execute("INSERT INTO house_mark (name, value) VALUES (\(name), '')")
    }

    static func hasPeople(in transaction: any ReadTransaction) throws -> Bool {
        try transaction.first("SELECT 1 AS one FROM person LIMIT 1") != nil
    }
}

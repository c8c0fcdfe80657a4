/// One numbered step of the schema, written once for each engine.
public struct Migration: Sendable, Hashable {
    public let number: Int
    public let name: String
    private let texts: [Engine: String]

    public init(number: Int, name: String, texts: [Engine: String]) {
        self.number = number
        self.name = name
        self.texts = texts
    }

    public func text(for engine: Engine) throws(DatabaseError) -> String {
        guard let text = texts[engine] else {
            throw .unknownSchema("migration \(number) (\(name)) is not written for \(engine.rawValue)")
        }
        return text
    }

    /// What is still to be applied to a database, in order, with each step's text.
    ///
    /// - Parameter applied: the texts of the steps on record in the database, by number.
    /// - Throws: `DatabaseError.unknownSchema` if a newer program, or other steps, made it.
    public static func outstanding(
        _ migrations: [Migration], after applied: [Int64: String], for engine: Engine
    ) throws(DatabaseError) -> [(migration: Migration, text: String)] {
        let known = Set(migrations.map { Int64($0.number) })
        if let unknown = applied.keys.sorted().first(where: { !known.contains($0) }) {
            throw .unknownSchema("it has migration \(unknown), which this program does not know; use the newer program that made it")
        }
        var outstanding: [(migration: Migration, text: String)] = []
        for migration in migrations {
            let text = try migration.text(for: engine)
            switch applied[Int64(migration.number)] {
            case nil: outstanding.append((migration, text))
            case text: continue
            default: throw .unknownSchema("its migration \(migration.number) (\(migration.name)) differs from this program's")
            }
        }
        return outstanding
    }

    /// What differs between two schemas, each given as the definition of every thing in it by its kind and name.
    public static func changes(from expected: [String: String], to found: [String: String]) -> [String] {
        Set(expected.keys).union(found.keys).filter { expected[$0] != found[$0] }.sorted().map { name in
            switch (expected[name], found[name]) {
            case (_, nil): "\(name) was removed from the schema"
            case (nil, _): "\(name) was added to the schema"
            default: "\(name) was changed in the schema"
            }
        }
    }
}

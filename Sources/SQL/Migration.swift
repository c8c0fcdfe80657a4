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
}

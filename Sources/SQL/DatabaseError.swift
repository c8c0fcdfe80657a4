/// What can go wrong in an engine, in the same words for every engine.
public enum DatabaseError: Error, Hashable, CustomStringConvertible {
    /// A UNIQUE or PRIMARY KEY constraint refused a row.
    case alreadyExists(String)
    /// A foreign key refused a row.
    case missingReference(String)
    /// A CHECK, NOT NULL or type constraint refused a value.
    case invalidValue(String)
    /// A trigger refused the change, such as an update of an append-only table.
    case refused(String)
    /// The disk or the quota is full. Nothing was written.
    case full(String)
    /// The file is damaged.
    case damaged(String)
    /// The engine cannot be reached or another process holds it.
    case unavailable(String)
    /// The connection broke while a change was being committed: it may be on record, or not.
    case outcomeUnknown(String)
    /// The schema is not one that this program knows.
    case unknownSchema(String)
    case other(String)

    public var description: String {
        switch self {
        case .alreadyExists(let detail): "already exists: \(detail)"
        case .missingReference(let detail): "refers to something that is not there: \(detail)"
        case .invalidValue(let detail): "the database refuses the value: \(detail)"
        case .refused(let detail): "the database refuses the change: \(detail)"
        case .full(let detail): "the disk is full: \(detail)"
        case .damaged(let detail): "the database is damaged: \(detail)"
        case .unavailable(let detail): "the database is not available: \(detail)"
        case .outcomeUnknown(let detail): "whether the change was recorded is not known: \(detail)"
        case .unknownSchema(let detail): "the database has another schema: \(detail)"
        case .other(let detail): "the database reports: \(detail)"
        }
    }
}

#if PostgreSQL
    internal import SQL

    extension DatabaseError {
        /// The engine's own error in the words of the seam.
        ///
        /// - Parameter sqlState: five characters, as PostgreSQL's manual lists them in its appendix A.
        init(sqlState: String, message: String) {
            switch sqlState {
            case "23505": self = .alreadyExists(message)
            case "23503": self = .missingReference(message)
            // P0001: an exception that a trigger raises. 25006: a change in a transaction that only reads.
            case "P0001", "25006": self = .refused(message)
            case "53100": self = .full(message)
            case "XX001", "XX002": self = .damaged(message)
            // A table or a column that is not there.
            case "42P01", "42703": self = .unknownSchema(message)
            // A lock or an answer that did not come in time, a conflict with what a standby replays, too many announcements that nobody took.
            case "55P03", "57014", "40001", "40P01", "25P03", "54000": self = .unavailable(message)
            default:
                switch sqlState.prefix(2) {
                // The connection, the server's resources, its operator, its files.
                case "08", "53", "57", "58": self = .unavailable(message)
                case "22", "23": self = .invalidValue(message)
                default: self = .other(message.isEmpty ? "an error without a message" : message)
                }
            }
        }
    }
#endif

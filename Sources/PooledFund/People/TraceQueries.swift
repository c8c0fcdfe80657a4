internal import Ledger
internal import SQL

/// The SQL that deletes what people's coming and going has left behind.
enum TraceQueries {
    static func delete(before cutoff: Instant, in transaction: any WriteTransaction) throws {
        let cutoff = cutoff.microsecondsSince1970
        try transaction.execute("DELETE FROM session WHERE expires_at < \(cutoff)")
        try transaction.execute("DELETE FROM invitation WHERE expires_at < \(cutoff) OR used_at < \(cutoff)")
        try transaction.execute("DELETE FROM known_device WHERE created_at < \(cutoff)")
        try transaction.execute("DELETE FROM address_change WHERE expires_at < \(cutoff)")
        try transaction.execute("DELETE FROM provider_visit WHERE expires_at < \(cutoff)")
        try transaction.execute("DELETE FROM access_token WHERE expires_at < \(cutoff) OR revoked_at < \(cutoff)")
        try transaction.execute("DELETE FROM answered_request WHERE recorded_at < \(cutoff)")
        // A notice goes, read or not, once no mail carries it any more.
        try transaction.execute(
            "DELETE FROM mailed_notice WHERE mail IN (SELECT id FROM outgoing_mail WHERE state <> 'waiting' AND due_at < \(cutoff))")
        try transaction.execute(
            "DELETE FROM outgoing_mail WHERE state <> 'waiting' AND due_at < \(cutoff) AND id NOT IN (SELECT mail FROM mailed_notice)")
        try transaction.execute(
            "DELETE FROM notice WHERE (read_at < \(cutoff) OR created_at < \(cutoff)) AND id NOT IN (SELECT notice FROM mailed_notice)")
    }
}

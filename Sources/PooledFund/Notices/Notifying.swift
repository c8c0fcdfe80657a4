internal import Ledger

extension Recording {
    /// Tells a person of what is being done: on the desk at once, and by mail as they chose. Nobody is told if the action is not committed.
    ///
    /// - Parameter arguments: ids and days, nothing personal and no secret.
    func notify(_ person: String, _ kind: Notice.Kind, _ arguments: [String: String]) throws {
        let notice = Notice(id: uuidV7(at: now), person: person, fund: fund, kind: kind, arguments: arguments, createdAt: now)
        try NoticeQueries.insert(notice, in: beside)
        try NoticeQueries.put(notice.id, into: try mail(to: person, kind), in: beside)
    }

    /// Whether the person was told so much of late that more of it comes in the mail of the day: nobody fills another's mailbox, however many comments,
    /// questions and reminders they write.
    private func hasBeenTold(_ person: String) throws -> Bool {
        let limit = NoticeQueries.mostMailsADay
        return try NoticeQueries.count(
            to: person, since: now.adding(seconds: -86_400), upTo: limit + 1, in: transaction) > limit
    }

    private func mail(to person: String, _ kind: Notice.Kind) throws -> String {
        let waitsForDigest = try !kind.isUrgent && (NoticeQueries.wantsDigest(person, in: transaction) || hasBeenTold(person))
        if waitsForDigest, let waiting = try NoticeQueries.waitingDigest(of: person, dueAfter: now, in: transaction) { return waiting }
        let mail = uuidV7(at: now)
        try NoticeQueries.insertMail(mail, to: person, dueAt: waitsForDigest ? try now.nextDigest : now, in: beside)
        return mail
    }
}

extension Instant {
    /// When the mail of the day goes out: the next six o'clock in Greenwich.
    fileprivate var nextDigest: Instant {
        get throws {
            let (day, hour) = (Int64(86_400_000_000), Int64(3_600_000_000))
            let (days, inDay) = microsecondsSince1970.quotientAndRemainder(dividingBy: day)
            return try Instant(microsecondsSince1970: (inDay < 6 * hour ? days : days + 1) * day + 6 * hour)
        }
    }
}

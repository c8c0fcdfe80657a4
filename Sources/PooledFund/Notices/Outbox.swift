public import Correspondence
public import Ledger
internal import Logging
public import SQL

/// Sends the mails that wait, each until it is taken or given up.
///
/// A mail is claimed for some minutes before it is sent, so that of several outboxes on one database only one sends it at a time; a claim
/// whose process died is over by itself. Every attempt carries the same Message-ID. If the process ends after the server took the message and
/// before that is written down, the message goes out twice, with one Message-ID; there is no other way to two.
public struct Outbox: Sendable {
    private let database: any Database
    private let writer: any LetterWriter
    private let carrier: any MailCarrier
    private let sender: Mailbox
    private let clock: @Sendable () -> Instant
    private let log = Logger(label: "pooledfund.outbox")

    /// How many mails are sent at the same time.
    private static let width = 4
    /// For how long a mail is claimed, in microseconds: longer than a carrier takes over it at worst, which is two minutes.
    private static let claim: Int64 = 5 * 60_000_000
    /// How long the database is asked again to take what became of an attempt, in seconds: within the claim.
    private static let patience = 120
    /// What is kept of a problem, in bytes.
    private static let problemLimit = 500

    /// - Parameter sender: whom the mails are from; the Message-IDs end in the domain of the address.
    public init(
        database: any Database, writer: any LetterWriter, carrier: any MailCarrier, sender: Mailbox,
        clock: @escaping @Sendable () -> Instant
    ) {
        self.database = database
        self.writer = writer
        self.carrier = carrier
        self.sender = sender
        self.clock = clock
    }

    /// Makes an attempt at every mail that is due, and at those that become due meanwhile.
    ///
    /// - Parameter isStopping: once it is true no further mail is begun; those under way are finished.
    /// - Returns: how many attempts were made.
    /// - Throws: what the database threw, after the mails under way were finished.
    @discardableResult
    public func drain(isStopping: @Sendable () -> Bool = { false }) async throws -> Int {
        let (count, failure) = await withTaskGroup(of: Void.self) { group in
            var (count, underWay) = (0, 0)
            var failure: (any Error)?
            while true {
                if failure == nil, !isStopping() {
                    do {
                        for claim in try await claim(Self.width - underWay) {
                            group.addTask { await send(claim) }
                            count += 1
                            underWay += 1
                        }
                    } catch {
                        failure = error
                    }
                }
                guard underWay > 0 else { return (count, failure) }
                await group.next()
                underWay -= 1
            }
        }
        if let failure { throw failure }
        return count
    }

    private func claim(_ limit: Int) async throws -> [ClaimedMail] {
        let now = clock()
        // Most of the time nothing is due, and that is found out without the writer's lock.
        guard try await database.read({ try OutboxQueries.hasDue(at: now, in: $0) }) else { return [] }
        let until = try now.adding(microseconds: Self.claim)
        return try await database.write { try OutboxQueries.claim(limit, at: now, until: until, in: $0) }
    }

    private func send(_ claim: ClaimedMail) async {
        do {
            try await attempt(claim)
        } catch {
            // The claim ends by itself, and the mail is tried again.
            log.error("Mail \(claim.id): the database does not tell what it is, or did not take what became of it: \(error)")
        }
    }

    private func attempt(_ claim: ClaimedMail) async throws {
        let now = clock()
        let mail: DueMail
        switch try await database.read({ try OutboxQueries.content(of: claim, now: now, in: $0) }) {
        case .due(let due): mail = due
        case .gone: return
        case .erased: return try await settle(claim, .permanent("what was personal of the recipient is erased"), links: [])
        case .superseded:
            return try await settle(claim, .permanent("the address was proved already, or is not asked for any more"), links: [])
        case .unknown:
            return try await settle(claim, .temporary("this version of the program does not know what the mail is of"), links: [])
        }
        let (letter, message): (Letter, MailMessage)
        switch compose(mail) {
        case .success(let composed): (letter, message) = composed
        case .failure(let failure): return try await settle(claim, failure, links: [])
        }
        guard try await open(letter.links, of: mail, under: claim) else { return }
        do {
            try await carrier.carry(message)
        } catch {
            return try await settle(claim, error, links: letter.links)
        }
        try await persistently { now in { try OutboxQueries.markSent(claim.id, at: now, in: $0) } }
    }

    private func compose(_ mail: DueMail) -> Result<(Letter, MailMessage), MailFailure> {
        do {
            let letter = try writer.letter(for: mail)
            // Not the name: it would stand in the open on every server on the way.
            let recipient = try Mailbox(EmailAddress(parsing: mail.recipient.email))
            let message = try MailMessage(
                from: sender, to: [recipient], subject: letter.subject, body: letter.text,
                secondsSince1970: mail.now.microsecondsSince1970 / 1_000_000, identifier: "\(mail.id)@\(sender.address.domain)")
            return .success((letter, message))
        } catch let fault as EmailAddressFault {
            return .failure(.permanent(fault.description))
        } catch let fault as MailMessageFault {
            return .failure(.permanent(fault.description))
        } catch {
            return .failure(.temporary("the letter could not be written: \(error)"))
        }
    }

    /// Lets the links of a letter open before it leaves.
    ///
    /// - Returns: false if the mail is not ours to send any more.
    private func open(_ links: [LetterLink], of mail: DueMail, under claim: ClaimedMail) async throws -> Bool {
        guard !links.isEmpty else { return true }
        return try await database.write { transaction in
            guard try OutboxQueries.isHeld(claim, in: transaction) else { return false }
            for link in links { try OutboxQueries.insert(link, of: mail.recipient.id, now: mail.now, in: transaction) }
            return true
        }
    }

    /// Puts a mail that was not sent off, or gives it up.
    private func settle(_ claim: ClaimedMail, _ failure: MailFailure, links: [LetterLink]) async throws {
        let problem = String(decoding: failure.detail.utf8.prefix(Self.problemLimit), as: UTF8.self)
        let minutes: Int64? =
            switch failure {
            case .permanent: nil
            case .temporary, .outcomeUnknown: MailPatience.minutes(afterAttempt: claim.attempt)
            }
        // Who refused, and why, may name the recipient: that is kept beside the mail and goes with it.
        if minutes == nil { log.warning("Mail \(claim.id) is given up after \(claim.attempt) attempts; its page says why.") }
        // A letter that nobody took lets nobody in. One that somebody may have taken does.
        let dead: [LetterLink] = if case .outcomeUnknown = failure { [] } else { links }
        try await persistently { now in
            { transaction in
                for link in dead { try OutboxQueries.delete(link, in: transaction) }
                if let minutes {
                    let due = try now.adding(microseconds: minutes * 60_000_000)
                    try OutboxQueries.putOff(claim, until: due, problem: problem, in: transaction)
                } else {
                    try OutboxQueries.giveUp(claim, problem: problem, in: transaction)
                }
            }
        }
    }

    /// Writes down what became of an attempt, again and again while the database does not take it: it is the one thing that must not be lost.
    private func persistently(_ change: @escaping @Sendable (Instant) -> @Sendable (any WriteTransaction) throws -> Void) async throws {
        for number in 1... {
            do {
                return try await database.write(change(clock()))
            } catch  where number < Self.patience && !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}

extension Instant {
    fileprivate func adding(microseconds: Int64) throws(InstantError) -> Instant {
        try Instant(microsecondsSince1970: microsecondsSince1970 + microseconds)
    }
}

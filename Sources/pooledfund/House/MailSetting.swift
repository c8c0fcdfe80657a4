internal import Correspondence
internal import Curl
internal import Foundation
internal import HTML
internal import PooledFund
internal import Publications
internal import ServiceLifecycle

/// How a server sends mail, by its environment: an address with a password has no place on a command line.
struct MailSetting: Sendable {
    private let route: MailRoute
    private let sender: Mailbox
    private let house: PublicAddress

    /// - Returns: nil if `POOLEDFUND_MAIL` is not set: then mail waits.
    /// - Throws: `Refusal` if a setting is missing or cannot be read.
    init?(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        func named(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let mail = named("POOLEDFUND_MAIL") else { return nil }
        guard let from = named("POOLEDFUND_MAIL_FROM") else {
            throw Refusal(
                "with POOLEDFUND_MAIL it must be known whom mail is from",
                remedy: "set POOLEDFUND_MAIL_FROM, such as Fund Office <office@example.org>")
        }
        guard let address = named("POOLEDFUND_PUBLIC_ADDRESS") else {
            throw Refusal(
                "with POOLEDFUND_MAIL it must be known where the links in mails lead",
                remedy: "set POOLEDFUND_PUBLIC_ADDRESS, such as https://fund.example.org")
        }
        // None of the faults repeats what was given: it may hold a password.
        do { route = try MailRoute(parsing: mail) } catch { throw Refusal("POOLEDFUND_MAIL: \(error)") }
        do { sender = try Mailbox(parsing: from) } catch { throw Refusal("POOLEDFUND_MAIL_FROM: \(error)") }
        do { house = try PublicAddress(parsing: address) } catch { throw Refusal("POOLEDFUND_PUBLIC_ADDRESS: \(error)") }
    }

    /// What sends the mail of an office for as long as the server runs.
    func service(_ office: Office, _ say: Catalogue) throws -> any Service {
        OutboxService(
            outbox: Outbox(
                database: office.database, writer: Letters(say, others: try Sentences.otherCatalogues(), house: house), carrier: route,
                sender: sender,
                clock: Clock.now))
    }

    /// Said when a server starts.
    var note: String { "mail is sent by \(route), from \(sender.address)" }
    static let absence = "no mail is sent: POOLEDFUND_MAIL is not set; what is to be mailed waits"
}

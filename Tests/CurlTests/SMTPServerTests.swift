import Correspondence
import Curl
import Foundation
import Testing

@Suite("A message reaches a real mail server as it was written, or it is known why not")
struct SMTPServerTests {
    private let office = "office@example.org"

    @Test("the bytes that arrive are those that were sent: dots, long lines, letters beyond ASCII, megabytes of them")
    func bytes() async throws {
        let mail = try ServerOfTest("mail_server.py")
        let long = String(repeating: "x", count: 998)
        let small = "Subject: dots\r\n\r\n.\r\n..\r\n.a\r\n\(long)\r\nété ñ 中\r\nlast.\r\n.\r\n"
        let dots = "Subject: many\r\n\r\n" + String(repeating: ".\r\n..b\r\n" + String(repeating: "y", count: 61) + "\r\n", count: 25_000)
        for message in [small, dots] {
            try await server(mail).send(
                Array(message.utf8), from: address(office), to: [address("a@example.org"), address("b@example.org")])
            let delivered = try mail.next(DeliveredMessage.self)
            #expect(delivered.content == Data(message.utf8))
            #expect(delivered.from == office)
            #expect(delivered.to == ["a@example.org", "b@example.org"])
        }
    }

    @Test("a composed message is carried to all of its recipients")
    func carried() async throws {
        let mail = try ServerOfTest("mail_server.py")
        let message = try MailMessage(
            from: Mailbox(name: "Fund Office", address(office)), to: [Mailbox(address("member@example.org"))], subject: "Été",
            body: "One.\n.two\n", secondsSince1970: 0, identifier: "1@example.org")
        try await MailRoute(parsing: "smtp://127.0.0.1:\(mail.port)").carry(message)
        let delivered = try mail.next(DeliveredMessage.self)
        #expect(delivered.content == Data(message.bytes))
        #expect(delivered.to == ["member@example.org"])
    }

    @Test("a server that cannot take it now is asked again later", arguments: [("office", "busy"), ("later", "a"), ("office", "cut")])
    func temporary(sender: String, recipient: String) async throws {
        let mail = try ServerOfTest("mail_server.py")
        let failure = try await failure(to: server(mail), from: "\(sender)@example.org", to: "\(recipient)@example.org")
        guard case .temporary = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test(
        "a message that is refused is not sent again, and the server's reason is kept",
        arguments: [("office", "unknown", "550 5.1.1 Nobody of that name"), ("never", "a", "554 5.6.0 Not wanted")])
    func permanent(sender: String, recipient: String, reason: String) async throws {
        let mail = try ServerOfTest("mail_server.py")
        let failure = try await failure(to: server(mail), from: "\(sender)@example.org", to: "\(recipient)@example.org")
        #expect(failure == .permanent("smtp://127.0.0.1:\(mail.port) answered \(reason)"))
    }

    @Test("when one recipient of several is refused, nobody gets the message")
    func allOrNone() async throws {
        let mail = try ServerOfTest("mail_server.py")
        await #expect(throws: MailFailure.self) {
            try await server(mail).send(content, from: address(office), to: [address("a@example.org"), address("unknown@example.org")])
        }
        try await server(mail).send(content, from: address("next@example.org"), to: [address("a@example.org")])
        #expect(try mail.next(DeliveredMessage.self).from == "next@example.org")
    }

    @Test("a server that takes all of the message and goes without an answer leaves the outcome unknown")
    func unknown() async throws {
        let mail = try ServerOfTest("mail_server.py")
        let failure = try await failure(to: server(mail), from: "vanish@example.org", to: "a@example.org")
        guard case .outcomeUnknown = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(try mail.next(DeliveredMessage.self).from == "vanish@example.org", "it was indeed taken")
    }

    @Test("a server that is not there is asked again later")
    func absent() async throws {
        let port = try ServerOfTest("mail_server.py").port
        let failure = try await failure(to: SMTPServer(parsing: "smtp://127.0.0.1:\(port)"), from: office, to: office)
        guard case .temporary = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test("a server that never says a word is given up, and asked again later")
    func silent() async throws {
        let silence = try SilentServer()
        let impatient = SMTPServer.Limits(connecting: .milliseconds(300), total: .milliseconds(300))
        let failure = try await failure(
            to: SMTPServer(parsing: "smtp://127.0.0.1:\(silence.port)", limits: impatient), from: office, to: office)
        guard case .temporary = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test("a task that is cancelled does not wait for a silent server")
    func cancelled() async throws {
        let silence = try SilentServer()
        let server = try SMTPServer(parsing: "smtp://127.0.0.1:\(silence.port)")
        let sending = Task { try await failure(to: server, from: office, to: office) }
        sending.cancel()
        guard case .temporary = try await sending.value else {
            Issue.record("it ended otherwise")
            return
        }
    }

    @Test("the server is told who sends; a wrong password is the operator's to mend, and the message waits")
    func authentication() async throws {
        let mail = try ServerOfTest("mail_server.py", ["--user", "fund", "--password", "p@ss: word"])
        try await server(mail, login: "fund:p%40ss%3A%20word@").send(content, from: address(office), to: [address(office)])
        #expect(try mail.next(DeliveredMessage.self).user == "fund")
        for login in ["fund:wrong-word@", ""] {
            let failure = try await failure(to: server(mail, login: login), from: office, to: office)
            guard case .temporary(let detail) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(!detail.contains("wrong-word"))
        }
    }

    @Test("over TLS only to a server whose certificate is trusted", arguments: [false, true])
    func encrypted(isImmediate: Bool) async throws {
        let own = try CertificateOfTest()
        let mail = try ServerOfTest(
            "mail_server.py", ["--certificate", own.certificate, "--key", own.key] + (isImmediate ? ["--immediate"] : []))
        let text = isImmediate ? "smtps://127.0.0.1:\(mail.port)" : "smtp://127.0.0.1:\(mail.port)?starttls=always"
        let failure = try await failure(to: SMTPServer(parsing: text, certificateFile: nil), from: office, to: office)
        guard case .temporary = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        try await SMTPServer(parsing: text, certificateFile: own.certificate).send(content, from: address(office), to: [address(office)])
        let delivered = try mail.next(DeliveredMessage.self)
        #expect(isImmediate || delivered.isEncrypted)
    }

    @Test("where STARTTLS is asked for and not offered, nothing is sent")
    func noDowngrade() async throws {
        let mail = try ServerOfTest("mail_server.py")
        let failure = try await failure(to: SMTPServer(parsing: "smtp://127.0.0.1:\(mail.port)?starttls=always"), from: office, to: office)
        guard case .temporary = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    private let content = Array("Subject: test\r\n\r\nText.\r\n".utf8)

    private func server(_ mail: ServerOfTest, login: String = "") throws -> SMTPServer {
        try SMTPServer(parsing: "smtp://\(login)127.0.0.1:\(mail.port)")
    }

    private func address(_ text: String) throws -> EmailAddress { try EmailAddress(parsing: text) }

    private func failure(to server: SMTPServer, from: String, to recipient: String) async throws -> MailFailure? {
        let (sender, recipient) = try (address(from), address(recipient))
        do {
            try await server.send(content, from: sender, to: [recipient])
            return nil
        } catch {
            return error
        }
    }
}

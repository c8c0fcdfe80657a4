import Correspondence
import Foundation
import Testing

@Suite("A message is composed so that every reader shows what was written")
struct MailMessageTests {
    @Test("a plain message is readable as it is")
    func plain() throws {
        let composed = try text(message(subject: "Your seat on the committee", body: "First line.\nSecond line."))
        #expect(
            composed
                == """
                From: Fund Office <office@example.org>
                To: member@example.org,
                 "Chair, Committee" <chair@example.org>
                Subject: Your seat on the committee
                Date: Thu, 29 Feb 2024 23:59:59 +0000
                Message-ID: <18f.2@example.org>
                Auto-Submitted: auto-generated
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                First line.
                Second line.

                """.replacingOccurrences(of: "\n", with: "\r\n"))
    }

    @Test(
        "days are named rightly, over leap years and centuries",
        arguments: [
            (0, "Thu, 1 Jan 1970 00:00:00"), (951_827_696, "Tue, 29 Feb 2000 12:34:56"), (1_798_761_599, "Thu, 31 Dec 2026 23:59:59"),
            (4_107_542_400, "Mon, 1 Mar 2100 00:00:00"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59"),
        ] as [(Int64, String)])
    func dates(seconds: Int64, date: String) throws {
        #expect(try text(message(seconds: seconds)).contains("\r\nDate: \(date) +0000\r\n"))
    }

    @Test(
        "a real reader of mail reads back the subject, the names and the text",
        arguments: [
            "Été 2026", "اجتماع اللجنة التوجيهية للصندوق المشترك متعدد الشركاء يوم الأحد", "=?utf-8?Q?not_encoded?=",
            " leading and trailing ",
            String(repeating: "long ", count: 40) + "end", String(repeating: "é", count: 250), "quote \" backslash \\ end",
            "e\u{301}\u{1F469}\u{200D}\u{1F33E}",
        ])
    func readBack(written: String) throws {
        let lines = [
            written, ".", "..dots", "From here", "tab\t", "space ", "=3D", String(repeating: "x", count: 3_000), "", "\u{1}", "end",
        ]
        for separator in ["\n", "\r\n", "\r"] {
            let composed = try message(
                subject: written, body: lines.joined(separator: separator),
                name: written.utf8.count <= Mailbox.nameLimit ? written : "Office")
            #expect(composed.bytes.allSatisfy { $0 < 0x80 && $0 != 0 })
            let raw = String(decoding: composed.bytes, as: UTF8.self).components(separatedBy: "\r\n")
            #expect(raw.allSatisfy { $0.utf8.count <= 100 && !$0.utf8.contains(0x0A) && !$0.utf8.contains(0x0D) && !$0.hasPrefix(".") })
            let read = try RealReader.read(composed.bytes)
            #expect(read.subject == written)
            #expect(read.body == lines.joined(separator: "\n") + "\n")
            if written.utf8.count <= Mailbox.nameLimit { #expect(read.from == [[written, "office@example.org"]]) }
            #expect(read.to == [["", "member@example.org"], ["Chair, Committee", "chair@example.org"]])
        }
    }

    @Test(
        "nothing that is put into a header makes a second one",
        arguments: ["\r", "\n", "\r\n", "\u{0}", "\u{B}", "\u{85}", "\u{2028}", "\u{7F}"])
    func injection(character: String) throws {
        let injected = "a\(character)Bcc: b@example.org"
        #expect(throws: MailMessageFault.controlCharacterInSubject) { try message(subject: injected) }
        #expect(throws: MailMessageFault.identifier) { try message(identifier: "a\(character)b@example.org") }
        #expect(throws: MailboxFault.controlCharacterInName) { try message(name: injected) }
    }

    @Test("what cannot be sent is refused")
    func refused() throws {
        #expect(throws: MailMessageFault.subjectTooLong) { try message(subject: String(repeating: "x", count: 501)) }
        #expect(throws: MailMessageFault.bodyTooLong) { try message(body: String(repeating: "x", count: 512 * 1024 + 1)) }
        #expect(throws: MailMessageFault.nullInBody) { try message(body: "a\u{0}b") }
        #expect(throws: MailMessageFault.date) { try message(seconds: -1) }
        #expect(throws: MailMessageFault.date) { try message(seconds: 253_402_300_800) }
        for identifier in ["", "a", "<a@b>", "a@b@c", "a b@c", "@b", "a@", String(repeating: "a", count: 250) + "@b"] {
            #expect(throws: MailMessageFault.identifier) { try message(identifier: identifier) }
        }
        let office = try Mailbox(EmailAddress(parsing: "office@example.org"))
        func to(_ mailboxes: [Mailbox]) throws {
            _ = try MailMessage(from: office, to: mailboxes, subject: "", body: "", secondsSince1970: 0, identifier: "a@b")
        }
        #expect(throws: MailMessageFault.noRecipient) { try to([]) }
        #expect(throws: MailMessageFault.tooManyRecipients) { try to(Array(repeating: office, count: 51)) }
    }

    private func text(_ message: MailMessage) -> String { String(decoding: message.bytes, as: UTF8.self) }

    @discardableResult
    private func message(
        subject: String = "Subject", body: String = "Text.", name: String = "Fund Office", seconds: Int64 = 1_709_251_199,
        identifier: String = "18f.2@example.org"
    ) throws -> MailMessage {
        try MailMessage(
            from: Mailbox(name: name, EmailAddress(parsing: "office@example.org")),
            to: [
                Mailbox(EmailAddress(parsing: "member@example.org")),
                Mailbox(name: "Chair, Committee", EmailAddress(parsing: "chair@example.org")),
            ],
            subject: subject, body: body, secondsSince1970: seconds, identifier: identifier)
    }
}

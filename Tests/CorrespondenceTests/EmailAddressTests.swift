import Correspondence
import Testing

@Suite("Mail goes only to what is an address")
struct EmailAddressTests {
    @Test(
        "an address is kept as it was given, its domain in lower case",
        arguments: [
            ("office@example.org", "office@example.org"), ("First.Last+tag@Example.ORG", "First.Last+tag@example.org"),
            ("o'neil@xn--exmple-cua.org", "o'neil@xn--exmple-cua.org"), ("root@localhost", "root@localhost"), ("a@1.2-3", "a@1.2-3"),
        ])
    func kept(text: String, address: String) throws { #expect(try EmailAddress(parsing: text).text == address) }

    @Test(
        "what could break a header, or cannot be sent to, is refused with its reason",
        arguments: [
            ("", EmailAddressFault.empty), ("a@example.org\r\nBcc: b@example.org", .spaceOrControlCharacter),
            ("a@example.org\n", .spaceOrControlCharacter),
            ("a\r@example.org", .spaceOrControlCharacter), ("a\u{0}@example.org", .spaceOrControlCharacter),
            (" a@example.org", .spaceOrControlCharacter),
            ("a b@example.org", .spaceOrControlCharacter), ("a@exam\tple.org", .spaceOrControlCharacter),
            ("a\u{7F}@example.org", .spaceOrControlCharacter),
            ("é@example.org", .notASCII), ("a@exämple.org", .notASCII), ("e\u{301}@example.org", .notASCII),
            ("a@\u{301}example.org", .notASCII),
            ("example.org", .notOneAt), ("a@b@example.org", .notOneAt), ("@", .localPart), ("@example.org", .localPart),
            (".a@example.org", .localPart),
            ("a.@example.org", .localPart), ("a..b@example.org", .localPart), ("\"a\"@example.org", .localPart),
            ("<a@example.org", .localPart),
            ("a,b@example.org", .localPart), ("a(b)@example.org", .localPart),
            (String(repeating: "a", count: 65) + "@example.org", .localPart),
            ("a@", .domain), ("a@.org", .domain), ("a@example.", .domain), ("a@example..org", .domain), ("a@-example.org", .domain),
            ("a@example-.org", .domain), ("a@[127.0.0.1]", .domain), ("a@example.org>", .domain), ("a@exam_ple.org", .domain),
            ("a@" + String(repeating: "b", count: 64) + ".org", .domain), ("a@" + String(repeating: "b.", count: 126) + "c", .tooLong),
            (String(repeating: "\u{301}", count: 100_000), .tooLong),
        ] as [(String, EmailAddressFault)])
    func refused(text: String, fault: EmailAddressFault) { #expect(throws: fault) { try EmailAddress(parsing: text) } }

    @Test("every reason is said in words")
    func reasons() { #expect(Set(EmailAddressFault.allCases.map(\.description)).count == EmailAddressFault.allCases.count) }

    @Test("a sender is read with or without a name")
    func senders() throws {
        #expect(try Mailbox(parsing: "office@example.org").name == nil)
        for text in ["Fund Office <office@example.org>", "\"Fund Office\" <office@example.org>", "  Fund Office<office@example.org>"] {
            let mailbox = try Mailbox(parsing: text)
            #expect(mailbox.name == "Fund Office")
            #expect(mailbox.address.text == "office@example.org")
        }
        #expect(try Mailbox(parsing: "<office@example.org>").name == nil)
        #expect(throws: MailboxFault.controlCharacterInName) { try Mailbox(parsing: "Fund\nOffice <office@example.org>") }
        #expect(throws: MailboxFault.address(.notOneAt)) { try Mailbox(parsing: "Office") }
        #expect(throws: MailboxFault.address(.spaceOrControlCharacter)) { try Mailbox(parsing: "office@example.org\r\n") }
        #expect(throws: MailboxFault.nameTooLong) { try Mailbox(parsing: String(repeating: "é", count: 101) + " <office@example.org>") }
    }
}

import Curl
import Testing

@Suite("A setting says how mail is sent, and a password in it is never shown")
struct MailRouteTests {
    @Test(
        "a server is read with its port and its security",
        arguments: [
            ("smtp://mail.example.org", "smtp://mail.example.org:25", SMTPServer.Security.startTLS),
            ("SMTP://Mail.Example.org:587/", "smtp://mail.example.org:587", .startTLS),
            ("smtps://fund@mail.example.org", "smtps://fund@mail.example.org:465", .immediateTLS),
            ("smtp://mail.example.org?starttls=never", "smtp://mail.example.org:25", .none),
            ("smtp://localhost", "smtp://localhost:25", .none),
            ("smtp://[::1]:2525", "smtp://[::1]:2525", .none),
            ("smtp://127.0.0.1?starttls=always", "smtp://127.0.0.1:25", .startTLS),
            ("smtp://127.example.org", "smtp://127.example.org:25", .startTLS),
            ("smtp://localhost.example.org", "smtp://localhost.example.org:25", .startTLS),
        ] as [(String, String, SMTPServer.Security)])
    func read(text: String, description: String, security: SMTPServer.Security) throws {
        let server = try SMTPServer(parsing: text)
        #expect(server.description == description)
        #expect(server.security == security)
    }

    @Test("nothing that prints the server shows the password")
    func hidden() throws {
        let route = try MailRoute(parsing: "smtps://fund:correct%20horse@mail.example.org")
        guard case .server(let server) = route else {
            Issue.record("not a server")
            return
        }
        var dumped = ""
        dump(server, to: &dumped)
        dump(route, to: &dumped)
        for text in ["\(route)", "\(server)", String(reflecting: server), String(reflecting: route), dumped] {
            #expect(!text.contains("horse"))
        }
        #expect(server.user == "fund")
    }

    @Test(
        "what cannot be read is refused without repeating it",
        arguments: [
            "", "mail.example.org", "http://mail.example.org", "smtp:", "smtp://", "smtp:/mail.example.org", "smtp:///mail.example.org",
            "smtp:/u:secret@word@mail.example.org?://", "smtp://mail.example.org/x", "smtp://mail.example.org#x",
            "smtp://mail.example.org?starttls=maybe", "smtps://mail.example.org?starttls=never", "smtp://u:secret@word@mail.example.org",
            "smtp://u:12/secret@mail.example.org", "smtp://u:12?secret@mail.example.org", "smtp://:secret@mail.example.org",
            "smtp://u:se%0Acret@mail.example.org", "smtp://u:se%00cret@mail.example.org", "smtp://mail.example.org:secret",
            "smtp://mail.example.org:70000", "smtp://mäil.example.org", "smtp://mail example.org", "smtp://u;AUTH=NTLM:p@mail.example.org",
            "smtp://mail.example.org\r\nsecret", "sendmail:", "sendmail:sendmail", "sendmail:/no/such/file", "sendmail:/usr",
            "sendmail:/etc/passwd",
        ])
    func refused(text: String) {
        do {
            let route = try MailRoute(parsing: text)
            Issue.record("\(text) was read as \(route)")
        } catch {
            #expect(!"\(error)".contains("secret"))
        }
    }

    @Test("the certificate authorities are those that the environment names")
    func certificates() {
        #expect(CertificateFile.named(by: [:]) == nil)
        #expect(CertificateFile.named(by: ["SSL_CERT_FILE": "/b", "CURL_CA_BUNDLE": "/a"]) == "/a")
        #expect(CertificateFile.named(by: ["SSL_CERT_FILE": "/b", "CURL_CA_BUNDLE": ""]) == "/b")
    }
}

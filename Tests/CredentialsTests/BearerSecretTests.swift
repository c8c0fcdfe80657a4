import Crypto
import Testing

@testable import Credentials

@Suite("Bearer secrets")
struct BearerSecretTests {
    @Test("A secret is its prefix and 43 characters that need no encoding, and is read back", arguments: BearerSecret.Kind.allCases)
    func readBack(kind: BearerSecret.Kind) throws {
        let secret = BearerSecret(kind)
        #expect(secret.text.hasPrefix(kind.rawValue))
        #expect(secret.text.utf8.count == kind.rawValue.utf8.count + 43)
        let permitted = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        #expect(secret.text.utf8.allSatisfy(permitted.contains))
        let read = try #require(BearerSecret(secret.text, kind: kind))
        #expect(read == secret)
        #expect(read.digest == secret.digest)
        #expect(BearerSecret(kind) != secret)
    }

    @Test("The digest is the SHA-256 of the text, as any tool computes it")
    func digest() throws {
        let secret = BearerSecret(.session)
        #expect(secret.digest == Array(SHA256.hash(data: Array(secret.text.utf8))))
    }

    @Test("A secret of one kind is not taken for another", arguments: BearerSecret.Kind.allCases)
    func kinds(kind: BearerSecret.Kind) {
        for other in BearerSecret.Kind.allCases where other != kind {
            for _ in 0..<50 { #expect(BearerSecret(BearerSecret(kind).text, kind: other) == nil) }
        }
    }

    @Test(
        "Anything that is not written exactly so is refused",
        arguments: [
            "", "pf_", "pf_AAAA", "pf_" + String(repeating: "A", count: 42), "pf_" + String(repeating: "A", count: 44),
            "pf_" + String(repeating: "A", count: 42) + "B", "pf_" + String(repeating: "A", count: 42) + "=",
            "pf_" + String(repeating: "A", count: 42) + "+", "PF_" + String(repeating: "A", count: 43),
            "pf_" + String(repeating: "A", count: 43) + "\n",
            " pf_" + String(repeating: "A", count: 43), "pf_" + String(repeating: "A", count: 41) + "é",
            "pf_" + String(repeating: "A", count: 5_000),
        ])
    func refused(text: String) {
        #expect(BearerSecret(text, kind: .personalAccessToken) == nil)
    }

    @Test("The one text of 32 zero bytes is taken")
    func zeros() {
        #expect(BearerSecret("pf_" + String(repeating: "A", count: 43), kind: .personalAccessToken) != nil)
    }

    @Test("Base64 for addresses is what RFC 4648 says")
    func base64() {
        #expect(Base64.addressText(of: [0xFB, 0xFF, 0xFE, 0x3F]) == "-__-Pw")
        #expect(Base64.bytes(ofAddressText: "-__-Pw") == [0xFB, 0xFF, 0xFE, 0x3F])
        #expect(Base64.bytes(ofAddressText: "+//+Pw") == nil)
        #expect(Base64.bytes(ofAddressText: "-__-Px") == nil)
        #expect(Base64.bytes(of: "+//+Pw") == [0xFB, 0xFF, 0xFE, 0x3F])
    }
}

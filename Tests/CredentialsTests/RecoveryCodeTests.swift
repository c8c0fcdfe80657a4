import Testing

@testable import Credentials

@Suite("Recovery codes")
struct RecoveryCodeTests {
    @Test("There are ten, all different, each of sixteen characters in four groups")
    func ten() {
        let codes = RecoveryCode.ten()
        #expect(Set(codes).count == 10)
        #expect(Set(codes.map(\.digest)).count == 10)
        for code in codes {
            #expect(code.text.split(separator: "-").map(\.utf8.count) == [4, 4, 4, 4])
            #expect(code.text.utf8.allSatisfy { "0123456789ABCDEFGHJKMNPQRSTVWXYZ-".utf8.contains($0) })
            #expect(code.digest.count == 32)
        }
    }

    @Test("A code is found again however it is typed")
    func forgiving() throws {
        let code = try #require(RecoveryCode(entered: "0123-4567-89AB-1100"))
        #expect(code.text == "0123-4567-89AB-1100")
        for typed in [
            "0123456789AB1100", "0123 4567 89ab 1100", " 0123-4567-89ab-1l0o ", "OI23-4567-89AB-iL0O", "0-1-2-3-4-5-6-7-8-9-A-B-1-1-0-0",
        ] {
            #expect(RecoveryCode(entered: typed)?.digest == code.digest, "\(typed)")
        }
        for code in RecoveryCode.ten() { #expect(RecoveryCode(entered: code.text.lowercased()) == code) }
    }

    @Test(
        "What cannot be a code is refused",
        arguments: [
            "", "0123-4567-89AB-110", "0123-4567-89AB-11000", "0123-4567-89AB-110U", "0123-4567-89AB-110é", "0123_4567_89AB_1100",
            String(repeating: "-", count: 5_000) + "0123456789AB1100",
        ])
    func refused(text: String) {
        #expect(RecoveryCode(entered: text) == nil)
    }

    @Test("The base32 of RFC 4648 is what its vectors say")
    func base32() {
        #expect(Base32.rfc4648.text(of: Array("fooba".utf8), groupLength: 8, separator: " ") == "MZXW6YTB")
        #expect(Base32.rfc4648.bytes(of: "mzxw 6ytb", characterCount: 8) == Array("fooba".utf8))
    }
}

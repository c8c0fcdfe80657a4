@testable import Credentials
import Testing

@Suite("The hash of a password")
struct PasswordHashTests {
    private let cheap: ScryptCost
    private let password: Password

    init() throws {
        cheap = try #require(ScryptCost(logarithmOfRounds: 10, blockSize: 8, parallelism: 1))
        password = try Password(choosing: "seven blue herons standing")
    }

    @Test("It verifies its password and no other, and so does the text that the record keeps")
    func verifies() throws {
        let hash = try PasswordHash(of: password, cost: cheap)
        let kept = try PasswordHash(parsing: hash.text)
        #expect(kept == hash)
        #expect(try kept.verifies(password))
        #expect(try !kept.verifies(Password(choosing: "seven blue herons standinG")))
    }

    @Test("Two hashes of one password differ")
    func salted() throws {
        #expect(try PasswordHash(of: password, cost: cheap).text != PasswordHash(of: password, cost: cheap).text)
    }

    @Test("A hash of today has the parameters that the documentation names, and holds")
    func current() throws {
        let hash = try PasswordHash(of: password)
        #expect(hash.text.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
        #expect(hash.text.utf8.count == 22 + 22 + 1 + 43)
        #expect(try hash.verifies(password))
        #expect(!hash.needsRehash())
    }

    @Test("The vector of RFC 7914 verifies: other makers of scrypt agree with this one")
    func standardVector() throws {
        let key: [UInt8] = [
            0x70, 0x23, 0xbd, 0xcb, 0x3a, 0xfd, 0x73, 0x48, 0x46, 0x1c, 0x06, 0xcd, 0x81, 0xfd, 0x38, 0xeb, 0xfd, 0xa8, 0xfb, 0xba, 0x90,
            0x4f,
            0x8e, 0x3e, 0xa9, 0xb5, 0x43, 0xf6, 0x54, 0x5d, 0xa1, 0xf2, 0xd5, 0x43, 0x29, 0x55, 0x61, 0x3f, 0x0f, 0xcf, 0x62, 0xd4, 0x97,
            0x05,
            0x24, 0x2a, 0x9a, 0xf9, 0xe6, 0x1e, 0x85, 0xdc, 0x0d, 0x65, 0x1e, 0x40, 0xdf, 0xcf, 0x01, 0x7b, 0x45, 0x57, 0x58, 0x87,
        ]
        let salt = Base64.text(of: Array("SodiumChloride".utf8))
        let hash = try PasswordHash(parsing: "$scrypt$ln=14,r=8,p=1$\(salt)$\(Base64.text(of: key))")
        #expect(try hash.verifies(#require(Password(entered: "pleaseletmein"))))
        #expect(try !hash.verifies(#require(Password(entered: "pleaseletmeout"))))
    }

    @Test("A hash made otherwise than today is to be made anew")
    func rehash() throws {
        let hash = try PasswordHash(of: password, cost: cheap)
        #expect(hash.needsRehash())
        #expect(!hash.needsRehash(for: cheap))
        #expect(try PasswordHash(of: password, cost: cheap, salt: Array(repeating: 1, count: 8)).needsRehash(for: cheap))
    }

    @Test("Nobody's hash takes what a real one takes, and nobody's password is its")
    func ofNobody() throws {
        #expect(PasswordHash.ofNobody.cost == .current)
        #expect(!PasswordHash.ofNobody.needsRehash())
        #expect(try !PasswordHash.ofNobody.verifies(password))
        #expect(try PasswordHash(parsing: PasswordHash.ofNobody.text) == .ofNobody)
    }

    @Test(
        "A hash that asks for absurd memory or work is refused before any is spent",
        arguments: [
            "ln=20,r=8,p=1", "ln=18,r=8,p=1", "ln=17,r=16,p=1", "ln=16,r=32,p=1", "ln=15,r=8,p=16", "ln=10,r=8,p=17", "ln=10,r=33,p=1",
            "ln=9,r=8,p=1", "ln=1,r=1,p=1", "ln=63,r=8,p=1", "ln=999999999,r=999999999,p=999999999",
        ])
    func absurd(parameters: String) {
        #expect(throws: PasswordHashFault.absurdCost) {
            try PasswordHash(parsing: "$scrypt$\(parameters)$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        }
    }

    @Test(
        "The equivalents that OWASP lists are read",
        arguments: ["ln=17,r=8,p=1", "ln=16,r=8,p=2", "ln=15,r=8,p=3", "ln=14,r=8,p=5", "ln=13,r=8,p=10"])
    func equivalents(parameters: String) throws {
        let text = "$scrypt$\(parameters)$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        #expect(try PasswordHash(parsing: text).text == text)
    }

    @Test(
        "Any other text is refused",
        arguments: [
            "", "$", "$$$$", "seven blue herons", "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA", "$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$",
            "$scrypt$ln=15,r=8,p=3$$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$r=8,ln=15,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=015,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=+15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=15,r=8,p=9999999999999999999999$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAB$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAA", "$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAA$",
            "$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$" + String(repeating: "A", count: 5_000),
        ])
    func malformed(text: String) {
        #expect(throws: PasswordHashFault.malformed) { try PasswordHash(parsing: text) }
    }
}

import Credentials
import Testing

@Suite("Choosing a password")
struct PasswordTests {
    @Test(
        "A long password is taken whatever it is made of",
        arguments: [
            "correct horse battery staple", "my password is not in your list", "pooledfund-carries-grain-uphill", "vier Möwen über Kiel",
            "съешь ещё этих булок", "静かな湖畔の森の影から", "8#kQ!vz0T~pL", "   spaces at both ends   ",
        ])
    func taken(text: String) throws {
        _ = try Password(choosing: text)
    }

    @Test("The shortest has 12 bytes, the longest 1,024")
    func length() throws {
        #expect(throws: PasswordFault.tooShort(atLeast: 12)) { try Password(choosing: "gH5!kw9Zqx2") }
        _ = try Password(choosing: "gH5!kw9Zqx2p")
        let long = String(repeating: "gH5!kw9Zqx2p~aB%", count: 64)
        _ = try Password(choosing: long)
        #expect(throws: PasswordFault.tooLong(atMost: 1_024)) { try Password(choosing: long + "x") }
        #expect(throws: PasswordFault.tooLong(atMost: 1_024)) { try Password(choosing: String(repeating: long, count: 1_000)) }
    }

    @Test(
        "Repetitions and sequences are refused",
        arguments: [
            "aaaaaaaaaaaa", "abababababab", "123456789012", "abcdefghijkl", "zyxwvutsrqponm", "111122223333", "            ",
            "hahahahahaha",
            "0000000000000000000000000000000000000000", "🐟🐟🐟🐟🐟",
        ])
    func plain(text: String) {
        #expect(throws: PasswordFault.tooPlain) { try Password(choosing: text) }
    }

    @Test(
        "What everybody tries first is refused, with the word",
        arguments: [
            ("password1234", "password"), ("Password2026!", "password"), ("PASSWORDpassword", "password"), ("qwertyuiopas", "qwertyuiop"),
            ("letmeinletmein1", "letmein"), ("PooledFund2026", "pooledfund"), ("motdepasse123", "motdepasse"),
        ])
    func wellKnown(text: String, word: String) {
        #expect(throws: PasswordFault.wellKnown(word)) { try Password(choosing: text) }
    }

    @Test(
        "What is known of the person or the fund is refused, with the word",
        arguments: [
            ("treasurer@wells.example", "treasurer@wells.example"), ("Treasurer-2026", "treasurer"), ("RiverTownsFund1", "rivertownsfund"),
            ("treasurerwells!", "treasurer"), ("Rivi\u{E8}res2026", "rivi\u{E8}res"), ("Rivie\u{300}res2026", "rivi\u{E8}res"),
        ])
    func fromContext(text: String, word: String) {
        let context = ["treasurer@wells.example", "River Towns Fund", "Fonds des rivie\u{300}res"]
        #expect(throws: PasswordFault.fromContext(word)) { try Password(choosing: text, context: context) }
    }

    @Test("A password may have such a word in it if there is enough besides")
    func contextInside() throws {
        _ = try Password(choosing: "the treasurer counts blue herons", context: ["treasurer@wells.example"])
    }

    @Test("A context without end is no burden")
    func longContext() throws {
        let context = Array(repeating: String(repeating: "river ", count: 100_000), count: 100)
        _ = try Password(choosing: "seven blue herons standing", context: context)
    }

    @Test(
        "A control character is refused",
        arguments: ["seven blue\nherons", "seven blue\therons", "seven\u{0}blue herons", "seven blue\u{85}herons"])
    func control(text: String) {
        #expect(throws: PasswordFault.controlCharacter) { try Password(choosing: text) }
        #expect(Password(entered: text) == nil)
    }

    @Test("However a system composes letters and spaces, the same keys are the same password")
    func composition() throws {
        let composed = try Password(choosing: "caf\u{E9} au lait 7")
        #expect(Password(entered: "cafe\u{301} au lait 7") == composed)
        #expect(Password(entered: "caf\u{E9}\u{A0}au\u{3000}lait 7") == composed)
        #expect(Password(entered: "Caf\u{E9} au lait 7") != composed)
        #expect(Password(entered: "caf\u{E9} au lait 7 ") != composed)
        #expect(Password(entered: "caf\u{E9} au lait \u{2077}") != composed, "a superscript is not the digit")
    }

    @Test("Whoever signs in is not asked whether the password would be admitted today")
    func entered() {
        #expect(Password(entered: "password") != nil)
        #expect(Password(entered: "") == nil)
        #expect(Password(entered: String(repeating: "x", count: 1_025)) == nil)
    }

    @Test("Printing or dumping a secret does not show it")
    func concealed() throws {
        let password = try Password(choosing: "seven blue herons standing")
        let fault = PasswordFault.wellKnown("password")
        var dumped = ""
        dump(password, to: &dumped)
        dump(BearerSecret(.session), to: &dumped)
        dump(RecoveryCode(), to: &dumped)
        dump(TimeBasedCode(), to: &dumped)
        for text in ["\(password)", String(reflecting: password), "\([password])", dumped, "\(fault)"] {
            #expect(!text.contains("heron"))
            #expect(!text.contains("104"), "no bytes either")
        }
        #expect("\(BearerSecret(.session))" == "BearerSecret (concealed)")
        #expect(!dumped.contains("pfs_"))
    }
}

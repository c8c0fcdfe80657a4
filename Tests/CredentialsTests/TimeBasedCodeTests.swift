import Credentials
import Ledger
import Testing

@Suite("The code of the authenticator app")
struct TimeBasedCodeTests {
    /// The secret of the vectors of RFC 6238, appendix B.
    private let standard: TimeBasedCode

    init() throws {
        standard = try #require(TimeBasedCode(secret: Array("12345678901234567890".utf8)))
    }

    @Test(
        "The vectors of RFC 6238 come out, in six digits",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"), (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func standardVectors(second: Int64, code: String) throws {
        let now = try instant(second)
        let step = TimeBasedCode.step(at: now)
        #expect(step == second / 30)
        #expect(standard.code(atStep: step) == code)
        #expect(standard.accepts(code, at: now, lastStep: nil) == step)
    }

    @Test("A code holds for a step before and after its own, and no longer")
    func window() throws {
        let step: Int64 = 41_152_263
        let code = standard.code(atStep: step)
        for (second, accepted) in [(-31, false), (-30, true), (0, true), (29, true), (30, true), (59, true), (60, false)] as [(Int64, Bool)]
        {
            let answer = standard.accepts(code, at: try instant(step * 30 + second), lastStep: nil)
            #expect(answer == (accepted ? step : nil), "\(second) seconds after the step began")
        }
    }

    @Test("A code counts once, and none before it counts any more")
    func replay() throws {
        let now = try instant(1_234_567_890)
        let step = TimeBasedCode.step(at: now)
        let accepted = try #require(standard.accepts(standard.code(atStep: step), at: now, lastStep: step - 1))
        #expect(standard.accepts(standard.code(atStep: step), at: now, lastStep: accepted) == nil)
        #expect(standard.accepts(standard.code(atStep: step - 1), at: now, lastStep: accepted) == nil)
        #expect(standard.accepts(standard.code(atStep: step + 1), at: now, lastStep: accepted) == step + 1)
    }

    @Test("Spaces do not count", arguments: ["005 924", " 005924 ", "0 0 5 9 2 4"])
    func spaces(text: String) throws {
        #expect(standard.accepts(text, at: try instant(1_234_567_890), lastStep: nil) != nil)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "5924", "0005924", "005925", "00592４", "005924\u{301}", "005924\n", "-05924",
            String(repeating: " ", count: 5_000) + "005924",
        ])
    func refused(text: String) throws {
        #expect(standard.accepts(text, at: try instant(1_234_567_890), lastStep: nil) == nil)
    }

    @Test("The secret has 160 bits, is another each time, and is shown in groups of four")
    func secret() {
        #expect(standard.groupedSecret == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
        #expect(TimeBasedCode().secret.count == 20)
        #expect(TimeBasedCode() != TimeBasedCode())
        #expect(TimeBasedCode(secret: [1, 2, 3]) == nil)
    }

    @Test("The address says what an app needs, with names encoded")
    func address() {
        #expect(
            standard.address(account: "treasurer+1@wells.example", issuer: "Fonds: rivières & villes")
                == "otpauth://totp/Fonds%20%20rivi%C3%A8res%20%26%20villes:treasurer%2B1%40wells.example"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Fonds%20%20rivi%C3%A8res%20%26%20villes&algorithm=SHA1&digits=6&period=30"
        )
    }

    private func instant(_ second: Int64) throws -> Instant {
        try Instant(microsecondsSince1970: second * 1_000_000)
    }
}

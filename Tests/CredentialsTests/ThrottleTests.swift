import Ledger
import Testing

@testable import Credentials

@Suite("Guessing is slowed down, owners are not locked out")
struct ThrottleTests {
    private let device: [UInt8] = Array(repeating: 7, count: 32)

    @Test("A hundred thousand wrong passwords for one account from a thousand addresses lock out neither its owner nor anybody else")
    func oneAccount() throws {
        let throttle = Throttle()
        var guesses = 0
        for number in 0..<100_000 {
            // All within a quarter of an hour.
            let now = try instant(milliseconds: number * 9)
            if throttle.count(stranger("attacked", attacker(number % 1_000)), now: now) == .allowed { guesses += 1 }
            guard number % 1_000 == 999 else { continue }

            // The owner, on the device of before, in the same network as one of the attackers; with a wrong password first.
            let owner = Throttle.Attempt(account: "attacked", device: device, address: attacker(number % 1_000))
            #expect(throttle.count(owner, now: now) == .allowed)
            #expect(throttle.count(owner, now: now) == .allowed)
            throttle.succeed(owner)

            // Others, on devices that were never seen.
            let other = stranger("other \(number)", AddressPrefix("192.0.2.\(number / 1_000)"))
            #expect(throttle.count(other, now: now) == .allowed)
            #expect(throttle.count(other, now: now) == .allowed)
            throttle.succeed(other)
        }
        #expect(guesses == 19, "ten at once, and one each 90 seconds")
    }

    @Test("Spread over a thousand accounts, each address gets its few attempts and everybody signs in on a known device")
    func manyAccounts() throws {
        let throttle = Throttle()
        var guessesByAddress = Array(repeating: 0, count: 1_000)
        var guessesByAccount = Array(repeating: 0, count: 1_000)
        for number in 0..<100_000 {
            let now = try instant(milliseconds: number * 9)
            let (address, account) = (number % 1_000, (number / 1_000 + number * 7) % 1_000)
            if throttle.count(stranger("account \(account)", attacker(address)), now: now) == .allowed {
                guessesByAddress[address] += 1
                guessesByAccount[account] += 1
            }
        }
        #expect(guessesByAddress.allSatisfy { $0 <= 120 })
        #expect(guessesByAccount.allSatisfy { $0 <= 20 })
        let now = try instant(milliseconds: 900_000)
        for account in 0..<1_000 {
            let owner = Throttle.Attempt(account: "account \(account)", device: device, address: attacker(account))
            #expect(throttle.count(owner, now: now) == .allowed)
        }
        #expect(throttle.count(stranger("not attacked", AddressPrefix("192.0.2.1")), now: now) == .allowed)
    }

    @Test("From one address, sixty attempts at whatever accounts, then one each fifteen seconds")
    func oneAddress() throws {
        let throttle = Throttle()
        let now = try instant(milliseconds: 0)
        for account in 0..<60 { #expect(throttle.count(stranger("\(account)", attacker(1)), now: now) == .allowed) }
        #expect(throttle.count(stranger("60", attacker(1)), now: now) == .wait(seconds: 15))
        #expect(throttle.count(stranger("60", attacker(2)), now: now) == .allowed)
        #expect(throttle.count(stranger("60", attacker(1)), now: try instant(milliseconds: 14_001)) == .wait(seconds: 1))
        #expect(throttle.count(stranger("60", attacker(1)), now: try instant(milliseconds: 15_000)) == .allowed)
    }

    @Test("A stolen device gets ten attempts, and its guesses leave those of the owner's other devices alone")
    func stolenDevice() throws {
        let throttle = Throttle()
        let now = try instant(milliseconds: 0)
        let thief = Throttle.Attempt(account: "owner", device: device, address: attacker(1))
        for _ in 0..<10 { #expect(throttle.count(thief, now: now) == .allowed) }
        #expect(throttle.count(thief, now: now) == .wait(seconds: 90))
        #expect(throttle.count(.init(account: "owner", device: Array(repeating: 8, count: 32), address: attacker(1)), now: now) == .allowed)
        #expect(throttle.count(.init(account: "another", device: device, address: attacker(1)), now: now) == .allowed)
        #expect(throttle.count(stranger("owner", attacker(1)), now: now) == .allowed)
    }

    @Test("Success clears what the device had counted")
    func success() throws {
        let throttle = Throttle()
        let now = try instant(milliseconds: 0)
        let owner = Throttle.Attempt(account: "owner", device: device, address: attacker(1))
        for _ in 0..<5 {
            for _ in 0..<10 { #expect(throttle.count(owner, now: now) == .allowed) }
            throttle.succeed(owner)
        }
    }

    @Test("An office that signs in all day from one address never waits")
    func office() throws {
        let throttle = Throttle()
        let now = try instant(milliseconds: 0)
        for person in 0..<1_000 {
            let attempt = stranger("person \(person)", AddressPrefix("192.0.2.1"))
            #expect(throttle.count(attempt, now: now) == .allowed)
            throttle.succeed(attempt)
        }
    }

    @Test("Signing in at an account of one's own gives no further guesses at others")
    func ownAccount() throws {
        let throttle = Throttle()
        let now = try instant(milliseconds: 0)
        var guesses = 0
        for number in 0..<1_000 {
            if throttle.count(stranger("attacked \(number)", attacker(1)), now: now) == .allowed { guesses += 1 }
            let own = stranger("own", attacker(1))
            if throttle.count(own, now: now) == .allowed { throttle.succeed(own) }
        }
        #expect(guesses == 60)
    }

    @Test("What an address is refused is not taken from the account")
    func refusedIsNotCounted() throws {
        let throttle = Throttle()
        let now = try instant(milliseconds: 0)
        for number in 0..<60 { _ = throttle.count(stranger("\(number)", attacker(1)), now: now) }
        for _ in 0..<100 { _ = throttle.count(stranger("owner", attacker(1)), now: now) }
        for number in 0..<10 { #expect(throttle.count(stranger("owner", attacker(2 + number)), now: now) == .allowed) }
        #expect(throttle.count(stranger("owner", attacker(20)), now: now) == .wait(seconds: 90))
    }

    @Test("Only so many keys are kept; the longest unused is forgotten first")
    func bounded() throws {
        let throttle = Throttle(stranger: .init(attempts: 1, seconds: 900), keyLimit: 100)
        let now = try instant(milliseconds: 0)
        for number in 0..<100 { #expect(throttle.count(stranger("\(number)", attacker(number)), now: now) == .allowed) }
        #expect(throttle.count(stranger("0", attacker(0)), now: now) == .wait(seconds: 900))
        #expect(throttle.count(stranger("new", attacker(1_000)), now: now) == .allowed)
        #expect(throttle.count(stranger("1", attacker(1)), now: now) == .wait(seconds: 900))
        #expect(throttle.count(stranger("0", attacker(0)), now: now) == .allowed, "it was forgotten")
        for number in 0..<10_000 {
            _ = throttle.count(stranger("flood \(number)", AddressPrefix("2001:db8:0:\(String(number, radix: 16))::1")), now: now)
        }
        #expect(throttle.keyCount == 200)
    }

    @Test("A flood of strangers has no device forgotten")
    func floodAndDevice() throws {
        let throttle = Throttle(keyLimit: 100)
        let now = try instant(milliseconds: 0)
        let thief = Throttle.Attempt(account: "owner", device: device, address: attacker(1))
        for _ in 0..<10 { _ = throttle.count(thief, now: now) }
        for number in 0..<10_000 { _ = throttle.count(stranger("flood \(number)", attacker(number)), now: now) }
        #expect(throttle.count(thief, now: now) == .wait(seconds: 90))
    }

    @Test("A clock that was set back makes nobody wait longer than before")
    func clockSetBack() throws {
        let throttle = Throttle()
        for _ in 0..<10 { _ = throttle.count(stranger("owner", attacker(1)), now: try instant(milliseconds: 86_400_000)) }
        #expect(throttle.count(stranger("owner", attacker(1)), now: try instant(milliseconds: 0)) == .wait(seconds: 90))
    }

    @Test("Attempts at the same moment are counted too")
    func simultaneous() async throws {
        let throttle = Throttle()
        let now = try instant(milliseconds: 0)
        let attempt = stranger("owner", attacker(1))
        let allowed = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 { group.addTask { throttle.count(attempt, now: now) == .allowed } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(allowed == 10)
    }

    @Test("A subscriber is one place: an IPv4 address, or the first 64 bits of an IPv6 address")
    func prefixes() {
        #expect(AddressPrefix("192.0.2.1") != AddressPrefix("192.0.2.2"))
        #expect(AddressPrefix("2001:db8:1:2:ff03:4:5:6") == AddressPrefix("2001:DB8:1:2::1"))
        #expect(AddressPrefix("2001:db8:1:2::1") != AddressPrefix("2001:db8:1:3::1"))
        #expect(AddressPrefix("::ffff:192.0.2.1") == AddressPrefix("192.0.2.1"))
        #expect(AddressPrefix("fe80::1%eth0") == AddressPrefix("fe80::2"))
        #expect(AddressPrefix("") == AddressPrefix("a socket of the machine"))
        #expect(AddressPrefix(String(repeating: "1", count: 10_000_000)) == AddressPrefix(""))
        #expect(AddressPrefix("::1") != AddressPrefix("127.0.0.1"))
    }

    private func stranger(_ account: String, _ address: AddressPrefix) -> Throttle.Attempt {
        Throttle.Attempt(account: account, device: nil, address: address)
    }

    private func attacker(_ number: Int) -> AddressPrefix {
        AddressPrefix("198.51.\(number / 250).\(number % 250)")
    }

    private func instant(milliseconds: Int) throws -> Instant {
        try Instant(microsecondsSince1970: 1_800_000_000_000_000 + Int64(milliseconds) * 1_000)
    }
}

internal import Crypto
public import Ledger
internal import Synchronization

/// Slows down guessing without locking owners out.
///
/// Every attempt is counted before the secret is looked at, so that attempts at the same moment count too. An attempt counts either
///
/// - on the **device**, if the browser brings the secret of a device on which the account's owner has signed in before (what the OWASP
///   Authentication Cheat Sheet calls a device cookie), and there alone; or
/// - on the **account** and on the **address** that it comes from, as a stranger's. If one of the two refuses, neither counts it.
///
/// A hundred thousand wrong passwords for an account thus use up what strangers have there. Its owner still signs in on a known device,
/// even from the attacker's address, and everybody else at their accounts. On a new device the owner waits with the strangers, or sets a
/// new password by e-mail. An account need not exist to be counted, so that the answer does not tell.
///
/// Only so many keys of each kind are kept in memory; the one longest unused is forgotten first. Flooding gains next to nothing: a new key
/// costs an attempt that its address admitted, so a hundred thousand of them take more than 1,600 addresses all that they have in a quarter
/// of an hour, and by then what was forgotten would have been given back. Whoever has many more addresses gains ten guesses for each
/// hundred thousand attempts. Keys of one kind never displace those of another: addresses without number cannot have accounts forgotten,
/// nor devices, of which there are only those that signed in.
///
/// Each purpose (passwords, codes, links by e-mail) has its own. What it counts does not outlive the process, and each server counts for
/// itself.
public final class Throttle: Sendable {
    /// How many attempts a key has at once, and in how long they are given back, one by one.
    public struct Allowance: Sendable, Hashable {
        public let attempts: Int
        public let seconds: Int

        /// Numbers below 1 count as 1, above a million as a million.
        public init(attempts: Int, seconds: Int) {
            self.attempts = min(max(attempts, 1), 1_000_000)
            self.seconds = min(max(seconds, 1), 1_000_000)
        }
    }

    public enum Answer: Sendable, Hashable {
        /// The attempt is counted; look at the secret.
        case allowed
        /// Not counted: do not look at the secret. An attempt may be allowed after so many seconds, 1 or more.
        case wait(seconds: Int)
    }

    /// Who attempts what, from where.
    public struct Attempt: Sendable {
        let account: String
        let device: [UInt8]?
        let address: AddressPrefix

        /// - Parameters:
        ///   - account: What stands for the account, always in the same form; what was typed, if there is no such account.
        ///   - device: The digest of the device's secret, once the caller has found that this account signed in with it before; else `nil`.
        ///   - address: Where the attempt comes from.
        public init(account: String, device: [UInt8]?, address: AddressPrefix) {
            (self.account, self.device, self.address) = (account, device, address)
        }
    }

    private let counters: Mutex<Counters>

    /// - Parameters:
    ///   - stranger: What strangers have at an account.
    ///   - device: What an account has on a known device.
    ///   - address: What an address has, whatever the account.
    ///   - keyLimit: How many keys of each of the three kinds are kept, of about 100 bytes each.
    public init(
        stranger: Allowance = Allowance(attempts: 10, seconds: 900),
        device: Allowance = Allowance(attempts: 10, seconds: 900),
        address: Allowance = Allowance(attempts: 60, seconds: 900),
        keyLimit: Int = 100_000
    ) {
        counters = Mutex(
            Counters(
                accounts: AllowanceCounter(stranger, keyLimit: keyLimit), devices: AllowanceCounter(device, keyLimit: keyLimit),
                addresses: AllowanceCounter(address, keyLimit: keyLimit)))
    }

    /// Counts an attempt, or says how long to wait.
    public func count(_ attempt: Attempt, now: Instant) -> Answer {
        let keys = Keys(attempt)
        let now = now.microsecondsSince1970
        let wait = counters.withLock { counters in
            if let device = keys.device {
                let wait = counters.devices.wait(device, now: now)
                if wait == 0 { counters.devices.take(device, now: now) }
                return wait
            }
            let wait = max(counters.accounts.wait(keys.account, now: now), counters.addresses.wait(keys.address, now: now))
            if wait == 0 {
                counters.accounts.take(keys.account, now: now)
                counters.addresses.take(keys.address, now: now)
            }
            return wait
        }
        return wait == 0 ? .allowed : .wait(seconds: Int((wait + 999_999) / 1_000_000))
    }

    /// The attempt that was allowed succeeded: it was the owner's. Everything that the device had counted is cleared; a stranger's attempt
    /// is given back, and no more than that, since whoever guesses at other accounts may succeed at their own in between.
    public func succeed(_ attempt: Attempt) {
        let keys = Keys(attempt)
        counters.withLock { counters in
            if let device = keys.device {
                counters.devices.clear(device)
            } else {
                counters.accounts.giveBack(keys.account)
                counters.addresses.giveBack(keys.address)
            }
        }
    }

    /// How many keys are kept at this moment, of all kinds.
    var keyCount: Int {
        counters.withLock { $0.accounts.keyCount + $0.devices.keyCount + $0.addresses.keyCount }
    }

    private struct Counters {
        var accounts: AllowanceCounter
        var devices: AllowanceCounter
        var addresses: AllowanceCounter
    }

    /// 128 bits of SHA-256 each: what was typed may be long, and memory must not depend on it.
    private struct Keys {
        let account: AllowanceCounter.Key
        let device: AllowanceCounter.Key?
        let address: AllowanceCounter.Key

        init(_ attempt: Attempt) {
            let account = SHA256.hash(data: Array(attempt.account.utf8))
            self.account = Self.key(account)
            device = attempt.device.map { Self.key(SHA256.hash(data: Array(account) + $0)) }
            address = Self.key(SHA256.hash(data: attempt.address.bytes))
        }

        private static func key(_ digest: SHA256.Digest) -> AllowanceCounter.Key {
            digest.prefix(16).reduce(0) { $0 << 8 | AllowanceCounter.Key($1) }
        }
    }
}

internal import Credentials

/// What stands between strangers and secrets: one a process, whatever the page that asks.
struct SignInGate: Sendable {
    /// Passwords are hashed here, off the threads that answer requests.
    let work = PasswordWork()
    /// Those of browsers that are known: a flood of strangers does not stand before them in the queue.
    let knownWork = PasswordWork(threadCount: 1, waitingLimit: 16)
    /// Guesses at passwords.
    let passwords = Throttle()
    /// Guesses at codes, of which there are but a million: fewer than of passwords.
    let codes = Throttle(stranger: .init(attempts: 5, seconds: 900), device: .init(attempts: 5, seconds: 900))
    /// Requests to send a mail to somebody.
    let mails = Throttle(
        stranger: .init(attempts: 5, seconds: 3_600), device: .init(attempts: 5, seconds: 3_600),
        address: .init(attempts: 20, seconds: 3_600))
    /// Visits to the identity provider, counted by where they come from alone.
    let visits = Throttle(
        stranger: .init(attempts: 100_000, seconds: 900), device: .init(attempts: 100_000, seconds: 900),
        address: .init(attempts: 60, seconds: 900))
    /// What a hash made today costs.
    var cost = ScryptCost.current
}

internal import Credentials

/// What stands between strangers and secrets: one a process, whatever the page that asks.
struct SignInGate: Sendable {
    /// Passwords are hashed here, off the threads that answer requests.
    let work = PasswordWork()
    /// Guesses at passwords.
    let passwords = Throttle()
    /// Guesses at codes, of which there are but a million: fewer than of passwords.
    let codes = Throttle(stranger: .init(attempts: 5, seconds: 900), device: .init(attempts: 5, seconds: 900))
    /// Requests to send a mail to somebody.
    let mails = Throttle(
        stranger: .init(attempts: 5, seconds: 3_600), device: .init(attempts: 5, seconds: 3_600),
        address: .init(attempts: 20, seconds: 3_600))
    /// What a hash made today costs.
    var cost = ScryptCost.current
}

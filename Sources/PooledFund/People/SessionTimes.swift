internal import Ledger

/// How long it lasts that somebody is signed in, in seconds.
///
/// A fund's money and decisions ask for reauthentication within a working day (NIST SP 800-63B, section 2.2.3, allows 12 hours and 30
/// minutes of idleness, or more where the work asks for it). Proposals are written for hours between two requests, so idleness is a
/// working day's.
public enum SessionTimes {
    /// Without a request. A browser that was left open in the evening is signed out in the morning.
    public static let idle: Int64 = 8 * 3_600
    /// In all, whatever happens: a cookie that was stolen is worth nothing the next day.
    public static let absolute: Int64 = 12 * 3_600
    /// How long after signing in somebody changes how they get in without proving again who they are: time enough to take a secret into an app. Whoever
    /// finds a browser open later does not.
    public static let fresh: Int64 = 900
    /// From the password to the code: time enough to find the telephone.
    public static let awaitingCode: Int64 = 600
    /// How often it is noted that a session is in use: each note is a write.
    static let noted: Int64 = 60
    /// How long a browser is known as one on which its owner signed in: as long as its cookie is kept.
    public static let device: Int64 = 90 * 86_400
    /// More of one person than these are not kept; the oldest go.
    static let most = 20
}

extension Instant {
    /// The instant so many seconds later; the last of all if there is none.
    func adding(seconds: Int64) -> Instant {
        (try? Instant(microsecondsSince1970: microsecondsSince1970 + seconds * 1_000_000)) ?? self
    }
}

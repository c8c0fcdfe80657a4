internal import Credentials
internal import PooledFund

/// The cookies by which a browser is signed in, and known.
enum SessionCookies {
    /// The names, without the prefix.
    static let session = "session"
    static let device = "device"

    /// A session that is about to be opened, under a secret that nobody had before, and the cookies that take the secrets to the browser.
    static func opening(_ person: String, _ stage: SessionStage, agent: String, knowsDevice: Bool = true) -> (NewSession, [SetCookie]) {
        let secret = BearerSecret(.session)
        // Until the second factor is given, or where nothing is proved at all, the browser is nobody's.
        let device = knowsDevice && stage != .awaitingCode && stage != .demonstration ? BearerSecret(.device) : nil
        let cookies = [
            SetCookie(session, value: secret.text, maximumAge: nil),
            device.flatMap { SetCookie(Self.device, value: $0.text, maximumAge: Int(SessionTimes.device)) },
        ]
        let opened = NewSession(digest: secret.digest, person: person, stage: stage, agent: agent, device: device?.digest)
        return (opened, cookies.compactMap { $0 })
    }
}

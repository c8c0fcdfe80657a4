internal import HTML
internal import HTTPTypes
internal import PooledFund

extension SignInContext {
    /// Goes in as one of the ready accounts, which only a demonstration has.
    func submitDemonstration(_ form: FormBody) async throws -> SignInAnswer {
        guard house.isDemonstration else { throw Failure.notFound }
        let accounts = try await office.demonstrationAccounts()
        guard let account = accounts.first(where: { $0.id == form.first("account") }) else { throw Failure.notFound }
        let (session, cookies) = SessionCookies.opening(account.id, .demonstration, agent: agent)
        try await office.open(session, replacing: sessionDigest, now: now)
        return try await entering(session, cookies, form)
    }
}

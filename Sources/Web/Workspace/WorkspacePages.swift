internal import HTML
internal import HTTPTypes
internal import PooledFund

extension WorkspaceContext {
    /// The page at the place.
    ///
    /// - Throws: 404 for what is not on record, 403 for what the visitor may not see.
    func page() async throws -> WorkspacePage {
        try requireReader()
        switch place {
        case .desk: return try await deskPage()
        case .actions(let fund): return actionsPage(of: fund)
        case .action(let fund, let name): return try await actionPage(name, of: fund)
        case .settings: return try await settingsPage()
        case .password: return try await passwordPage()
        case .address: return try await addressPage()
        case .secondFactor: return try await secondFactorPage()
        case .tokens: return try await tokensPage()
        case .personalData: return try await personalDataPage()
        case .people(let fund): return try await peoplePage(fund)
        case .person(let fund, let id): return try await personPage(fund, id)
        case .organizations(let fund): return try await organizationsPage(fund)
        case .organization(let fund, let id): return try await organizationPage(fund, id)
        case .audit(let fund): return try await auditPage(fund)
        case .search(let fund): return try await searchPage(fund)
        case .notices: return try await noticePreferencesPage()
        case .identities: return try await identitiesPage()
        case .assessment(let fund, let place): return try await assessmentPage(place, of: fund)
        default: throw Failure.notFound
        }
    }

    /// What a form that was sent to the place brings about.
    ///
    /// - Parameter form: with files or without.
    func submit(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        try requireReader()
        switch place {
        case .action(let fund, let name): return try await submitAction(name, of: fund, form)
        case .settings: return try await submitSettings(form)
        case .password: return try await submitPassword(form)
        case .address: return try await submitAddress(form)
        case .secondFactor: return try await submitSecondFactor(form)
        case .tokens: return try await submitTokens(form)
        case .desk: return try await readNotices(form)
        case .notices: return try await submitNoticePreferences(form)
        case .identities: return try await submitIdentities(form)
        case .assessment(let fund, let place): return try await submitAssessment(place, of: fund, form)
        default: throw Failure(.methodNotAllowed, "error.method")
        }
    }

    /// The file at the place; nil where there is a page.
    ///
    /// - Throws: 404 for what is not on record, 403 for what the visitor may not see.
    func file() async throws -> WorkspaceFile? {
        switch place {
        case .auditFile(let fund):
            try requireReader()
            return try await auditFile(fund)
        case .attachment(let fund, let digest):
            try requireReader()
            return try await attachment(fund, digest)
        case .personalData: return try await personalDataFile()
        default: return nil
        }
    }

    /// Whether the place takes files.
    var takesFiles: Bool {
        switch place {
        case .action: true
        default: false
        }
    }
}

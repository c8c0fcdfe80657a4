internal import HTML
internal import PooledFund

extension WorkspaceContext {
    /// What stands around the page: who is signed in, the funds that they work in, the sections that their roles open, and the way back.
    ///
    /// - Parameter names: what the page calls places above it.
    func frame(names: [WorkspacePlace: String] = [:]) async throws -> WorkspaceFrame {
        let fund = place.fund ?? visitor.funds.first
        let sections = sections(of: fund).map { $0.filter(isOpen) }.filter { !$0.isEmpty }
        let current = place.path.last { place in sections.contains { $0.contains(place) } }
        let beside = sections.first { $0.count > 1 && $0.contains(place) } ?? []
        let waiting = try await office.waitingCount(of: visitor, now: now)
        var funds: [WorkspaceFrame.Section] = []
        for other in visitor.funds where visitor.funds.count > 1 {
            funds.append(
                WorkspaceFrame.Section(
                    label: try await house.fundName(other), address: Self.address(entrance(to: other)), isCurrent: other == place.fund))
        }
        return WorkspaceFrame(
            title: try await title(of: fund), home: Self.address(.desk),
            signedIn: WorkspaceFrame.SignedIn(
                name: visitor.particulars.name, account: Self.address(.settings), signOut: Address(segments: SignInPlace.signOut.segments)),
            sections: sections.map { section in
                WorkspaceFrame.Section(
                    label: name(ofAll: section), address: Self.address(section[0]), isCurrent: current.map(section.contains) ?? false,
                    waiting: section[0] == .desk ? waiting : 0)
            },
            funds: funds,
            beside: beside.map { WorkspaceFrame.Section(label: name(of: $0), address: Self.address($0), isCurrent: $0 == place) },
            above: place.path.dropLast().map {
                WorkspaceFrame.Section(label: names[$0] ?? name(of: $0), address: Self.address($0))
            })
    }

    private func title(of fund: String?) async throws -> String {
        guard let fund else { return say("product.name") }
        return try await house.fundName(fund)
    }

    /// Pages that belong together are one section, and are chosen from on these pages themselves.
    private func sections(of fund: String?) -> [[WorkspacePlace]] {
        let ofFund: [[WorkspacePlace]] =
            fund.map {
                [
                    [.proposals(fund: $0, .list), .proposals(fund: $0, .calls)],
                    [.assessment(fund: $0, .screenings), .assessment(fund: $0, .assessments)],
                    [.committee(fund: $0, .meetings)], [.people(fund: $0), .organizations(fund: $0)],
                    [.actions(fund: $0)], [.audit(fund: $0)], [.search(fund: $0)],
                ]
            } ?? []
        return [[.desk]] + ofFund + [[.settings]]
    }

    /// What a section is called: as its first page, if there is no word for all of it.
    private func name(ofAll section: [WorkspacePlace]) -> String {
        if section.count > 1, case .assessment = section[0] { return say("workspace.assessment") }
        return name(of: section[0])
    }

    /// Whether the visitor may read a place.
    private func isOpen(_ place: WorkspacePlace) -> Bool {
        guard let readers = place.readers, let fund = place.fund else { return true }
        return !visitor.roles(in: fund).isDisjoint(with: readers.roles)
    }

    /// Where the way to another fund leads: to the same section there, if the visitor may read it.
    private func entrance(to fund: String) -> WorkspacePlace {
        let same: WorkspacePlace =
            switch place {
            case .organizations, .organization: .organizations(fund: fund)
            case .actions, .action: .actions(fund: fund)
            case .audit, .auditFile, .attachment: .audit(fund: fund)
            case .search: .search(fund: fund)
            case .proposals(_, let place): .proposals(fund: fund, place.list)
            case .assessment(_, let place): .assessment(fund: fund, place.list)
            case .committee: .committee(fund: fund, .meetings)
            case .people, .person, .desk, .settings, .password, .address, .secondFactor, .tokens, .notices, .identities, .personalData:
                .people(fund: fund)
            }
        return isOpen(same) ? same : .people(fund: fund)
    }

    /// What a place that others stand below is called.
    private func name(of place: WorkspacePlace) -> String {
        switch place {
        case .desk: say("desk.title")
        case .settings, .password, .address, .secondFactor, .tokens, .notices, .identities, .personalData: say("settings.title")
        case .people, .person: say("people.title")
        case .organizations, .organization: say("organizations.title")
        case .audit, .auditFile, .attachment: say("audit.title")
        case .search: say("search.title")
        case .assessment(_, let place): say(place.title)
        case .actions, .action: say("actions.title")
        case .committee(_, let place): place.name(say)
        case .proposals(_, let place): name(of: place)
        }
    }

    /// A proposal goes by its code where its page does not say what it is called.
    private func name(of place: ProposalsPlace) -> String {
        switch place {
        case .calls: say("writing.calls.title")
        case .call(let code): code
        case .list: say("writing.list.title")
        case .budget: say("writing.budget.title")
        case .offline: say("writing.offline.title")
        default: place.proposal ?? ""
        }
    }
}

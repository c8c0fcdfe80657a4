internal import HTML
internal import PooledFund

extension WorkspaceContext {
    /// What stands around the page: who is signed in, the funds that they work in, the sections that their roles open, and the way back.
    func frame() async throws -> WorkspaceFrame {
        let fund = place.fund ?? visitor.funds.first
        let sections = sections(of: fund).filter(isOpen)
        let current = place.path.last(where: sections.contains)
        let waiting = try await office.desk(of: visitor, now: now).count { !$0.kind.isForOthers }
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
                    label: name(of: section), address: Self.address(section), isCurrent: section == current,
                    waiting: section == .desk ? waiting : 0)
            },
            funds: funds,
            above: place.path.dropLast().map { WorkspaceFrame.Section(label: name(of: $0), address: Self.address($0)) })
    }

    private func title(of fund: String?) async throws -> String {
        guard let fund else { return say("product.name") }
        return try await house.fundName(fund)
    }

    private func sections(of fund: String?) -> [WorkspacePlace] {
        let ofFund: [WorkspacePlace] =
            fund.map {
                [
                    .proposals(fund: $0, .list), .proposals(fund: $0, .calls), .people(fund: $0), .organizations(fund: $0),
                    .actions(fund: $0), .audit(fund: $0), .search(fund: $0),
                ]
            } ?? []
        return [.desk] + ofFund + [.settings]
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
        case .actions, .action: say("actions.title")
        case .proposals(_, let place): name(of: place)
        }
    }

    /// A proposal goes by its code, which is short and says of it no more than the address does.
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

internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// What a page shows as data.
extension PageContext {
    /// The rows behind this page; nil for a page that has none of its own.
    func listing() throws -> Listing? {
        switch place {
        case .overview: figuresListing()
        case .contributors: try contributorsListing()
        case .contributor, .ledger: ledgerListing()
        case .programmes, .pipeline, .thematicArea, .country, .organization:
            try programmesListing(try programmesOfPage(), counting: try counting())
        case .programme(let code): localEngagementListing(record.localAuthorities.filter { $0.programme == code })
        case .organizations: organizationsListing()
        case .countries: countriesListing()
        case .thematicAreas: try thematicAreasListing()
        case .objectives: objectivesListing()
        case .localEngagement: localEngagementListing(try authoritiesOfPage())
        case .balance: try balanceListing()
        case .statements: statementsListing()
        case .figures: try ratioListing() ?? figuresListing()
        case .terms: try termsListing()
        case .documents: documentsListing()
        case .brief: try contributorsListing()
        case .data: nil
        case .statistics: statisticsListing()
        case .calls, .call: callsListing()
        case .decisions: decisionsListing(outcomes?.all ?? [])
        case .decision(let meeting, let proposal): decisionsListing([outcomes?.decided(proposal, at: meeting)].compactMap { $0 })
        case .booklet: decisionsListing(outcomes?.pipeline ?? [])
        }
    }

    func counting() throws(Failure) -> Counting { try query.choice(.counting) ?? .programmes }

    /// The programmes that a page is about.
    func programmesOfPage() throws -> [ProgrammeOnRecord] {
        switch place {
        case .pipeline: record.programmes(ProgrammeFilter(status: .known(.pipeline)))
        case .thematicArea(let number): record.programmes(ProgrammeFilter(area: .known(number)))
        case .country(let iso3): record.programmes(ProgrammeFilter(country: iso3))
        case .organization(let id): record.programmes(ProgrammeFilter(organization: id))
        default: sorted(record.programmes(try ProgrammeQuery.filter(query, in: record)), by: try query.choice(.sort) ?? .area)
        }
    }

    /// How a list of programmes may be sorted.
    enum ProgrammeOrder: String, CaseIterable {
        case area
        case country
        case budget
    }

    private func sorted(_ programmes: [ProgrammeOnRecord], by order: ProgrammeOrder) -> [ProgrammeOnRecord] {
        switch order {
        case .area: programmes
        case .country:
            programmes.map { ($0, wording.place(of: $0.programme, in: record)) }.sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }.map(\.0)
        case .budget:
            programmes.sorted { ($1.budget?.amount.minorUnits ?? -1, $0.id) < ($0.budget?.amount.minorUnits ?? -1, $1.id) }
        }
    }

    func figuresListing() -> Listing {
        Listing(
            ["key", "label", "value", "reason", "unit", "asOf", "trace"], money: ["value"],
            record.figures.map { figure in
                Listing.Row(
                    key: figure.key.rawValue,
                    values: [
                        .string(figure.key.rawValue), .string(wording.label(figure.key)), jsonValue(figure.value),
                        .text(figure.reason.map(wording.reason)),
                        .text(figure.value.map(unit)), .date(figure.asOf), .text(traceAddress(figure).map(dataAddress(of:))),
                    ])
            })
    }

    /// The parts of a ratio, each with its role.
    private func ratioListing() throws -> Listing? {
        guard let name = query[.ratio] else { return nil }
        guard let key = FigureKey(rawValue: name), case .ratio(let numerator, let denominator) = record.figure(key).trace else {
            throw PageQuery.unreadable(.ratio, name)
        }
        return Listing(
            ["key", "label", "role", "value", "counted", "trace"], money: ["value", "counted"],
            [(numerator, "numerator"), (denominator, "denominator")].map { part, role in
                let figure = record.figure(part)
                return Listing.Row(
                    key: part.rawValue,
                    values: [
                        .string(part.rawValue), .string(wording.label(part)), .string(role), jsonValue(figure.value),
                        jsonValue(figure.value),
                        .text(traceAddress(figure).map(dataAddress(of:))),
                    ])
            })
    }

    func contributorsListing() throws -> Listing {
        Listing(
            ["id", "name", "kind", "country", "mobilized", "share", "asOf", "trace", "counted"], money: ["mobilized"],
            try contributionsOfPage().map { contribution in
                Listing.Row(
                    key: contribution.id,
                    values: [
                        .string(contribution.id), .string(contribution.contributor.name), .string(contribution.contributor.kind.rawValue),
                        .text(contribution.contributor.country), .money(contribution.amount),
                        .share(try? contribution.amount.share(of: record.contributionsMobilized)), .date(record.asOf),
                        .string(dataAddress(of: address(.ledger, [.contributor: contribution.id]))), .integer(1),
                    ])
            })
    }

    /// How the list of contributors may be sorted.
    enum ContributorOrder: String, CaseIterable {
        case amount
        case name
    }

    func contributionsOfPage() throws -> [PublicRecord.ContributionOnRecord] {
        let kind = try query.choice(.kind, Contributor.Kind.self)
        let contributions = record.contributions.filter { kind == nil || $0.contributor.kind == kind }
        return try query.choice(.sort, ContributorOrder.self) == .name
            ? contributions.sorted { $0.contributor.name < $1.contributor.name } : contributions
    }

    func ledgerListing() -> Listing {
        Listing(
            [
                "externalId", "effectiveOn", "kind", "account", "contributor", "contributorName", "amount", "reverses", "memo", "source",
                "counted",
            ], money: ["amount", "counted"],
            ledgerLines.map { line in
                Listing.Row(
                    key: line.cursor.description,
                    values: [
                        .string(line.externalID), .date(line.effectiveOn), .string(line.kind.rawValue), .string(line.account.rawValue),
                        .text(line.contributor), .text(line.contributor.flatMap(record.contributor)?.name), .money(line.amount),
                        .text(line.reverses), .string(line.memo), .string(line.source), .money(line.amount),
                    ])
            })
    }

    func balancesListing() -> Listing {
        Listing(
            ["account", "label", "normalSide", "balance", "asOf", "trace"], money: ["balance"],
            record.balances.map { account, balance in
                Listing.Row(
                    key: account.rawValue,
                    values: [
                        .string(account.rawValue), .string(wording.account(account)), .string(account.normalSide.rawValue), .money(balance),
                        .date(record.asOf), .string(dataAddress(of: address(.ledger, [.account: account.rawValue]))),
                    ])
            })
    }

    private func statementsListing() -> Listing {
        Listing(
            ["key", "figure", "label", "qualifier", "stated", "recorded", "difference", "unit", "asOf", "source", "section", "note"],
            money: ["stated", "recorded", "difference"],
            comparisons.map { comparison in
                let statement = comparison.statement
                return Listing.Row(
                    key: statement.key,
                    values: [
                        .string(statement.key), .text(statement.figure), .string(statement.label), .string(statement.qualifier.rawValue),
                        jsonValue(comparison.stated), jsonValue(comparison.recorded), jsonValue(comparison.difference),
                        .string(statement.unit), .date(statement.asOf),
                        .string(statement.source), .string(statement.section), .string(statement.note),
                    ])
            })
    }

    /// The items of a section of the Terms as the trace of a figure.
    private func termsListing() throws -> Listing {
        let section = try query.choice(.section, TermsSection.self) ?? .targets
        func row(_ key: String, _ name: String, _ value: JSON, _ standing: Standing, _ counted: JSON) -> Listing.Row {
            Listing.Row(
                key: key,
                values: [
                    .string(section.rawValue), .string(key), .string(name), value, .date(standing.effectiveOn),
                    .boolean(standing.isConfirmed),
                    .text(standing.source), counted,
                ])
        }
        let current = terms.target(asOf: record.asOf)
        let rows =
            switch section {
            case .targets:
                terms.targets.enumerated().map { index, target in
                    let isInForce = target.amount == current?.amount && target.standing == current?.standing
                    return row(
                        String(index + 1), target.occasion, .money(target.amount), target.standing,
                        .money(isInForce ? target.amount : .zero(terms.currency)))
                }
            case .identity:
                [row("launched", terms.identity.knownAs, .date(terms.identity.launchedOn), terms.identity.standing, 1)]
            case .thematicAreas:
                terms.thematicAreas.map { row(String($0.number), $0.name, .array($0.objectives.map(JSON.integer)), $0.standing, 1) }
            case .objectives: terms.objectives.map { row(String($0.number), $0.title, .null, $0.standing, 1) }
            }
        return Listing(
            ["section", "key", "name", "value", "effectiveOn", "confirmed", "source", "counted"], money: ["value", "counted"], rows)
    }

    private func documentsListing() -> Listing {
        Listing(
            ["id", "title", "publisher", "publishedOn", "address", "note"],
            record.sources.map { source in
                Listing.Row(
                    key: source.id,
                    values: [
                        .string(source.id), .string(source.title), .string(source.publisher), .date(source.publishedOn),
                        .string(source.address),
                        .string(source.note),
                    ])
            })
    }

    /// The same page's data in JSON.
    private func dataAddress(of address: Address) -> String {
        let parts = address.text.split(separator: "?", maxSplits: 1)
        return "\(parts[0]).json" + (parts.count == 2 ? "?\(parts[1])" : "")
    }
}

/// A figure's value in JSON: money as an object, a share as a decimal string, a count as an integer.
func jsonValue(_ value: FigureValue?) -> JSON {
    switch value {
    case nil: .null
    case .money(let money): .money(money)
    case .share(let share): .share(share)
    case .count(let count), .year(let count): .integer(count)
    case .years(let from, let to): .string(to.map { "\(from)/\($0)" } ?? "\(from)/")
    }
}

func unit(_ value: FigureValue) -> String {
    switch value {
    case .money(let money): money.currency.code
    case .share: "share"
    case .count: "count"
    case .year: "year"
    case .years: "years"
    }
}

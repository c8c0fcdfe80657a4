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
        case .localEngagement: localEngagementListing(record.localAuthorities)
        case .balance: try balanceListing()
        case .statements: statementsListing()
        case .figures: try ratioListing() ?? figuresListing()
        case .terms: try termsListing()
        case .documents: documentsListing()
        case .brief: try contributorsListing()
        case .data: nil
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
        default: sorted(record.programmes(try ProgrammeQuery.filter(query, currency: terms.currency)), by: try query.choice(.sort) ?? .area)
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
            ["key", "label", "value", "reason", "unit", "asOf", "trace"],
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
            ["key", "label", "role", "value", "counted", "trace"],
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
            ["id", "name", "kind", "country", "mobilized", "share", "asOf", "trace", "counted"],
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
            ],
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
            ["account", "label", "normalSide", "balance", "asOf", "trace"],
            record.balances.map { account, balance in
                Listing.Row(
                    key: account.rawValue,
                    values: [
                        .string(account.rawValue), .string(wording.account(account)), .string(account.normalSide.rawValue), .money(balance),
                        .date(record.asOf), .string(dataAddress(of: address(.ledger, [.account: account.rawValue]))),
                    ])
            })
    }

    func programmesListing(_ programmes: [ProgrammeOnRecord], counting: Counting) throws -> Listing {
        let region = try ProgrammeQuery.filter(query, currency: terms.currency).region
        return Listing(
            [
                "code", "title", "status", "statusOn", "thematicArea", "countries", "regions", "organizations", "objectives", "budget",
                "budgetOn",
                "startsOn", "endsOn", "localAuthorities", "unconfirmed", "source", "note", "counted",
            ],
            try programmes.map { record in
                let programme = record.programme
                let counted: JSON =
                    switch counting {
                    case .budgets: .money(try region.map { try record.budget(in: $0) } ?? record.budget?.amount ?? .zero(terms.currency))
                    case .programmes: countedPart(of: record, in: region)
                    }
                let unconfirmed = programme.unconfirmed.union(record.budget.map { $0.isConfirmed ? [] : ["budget"] } ?? [])
                return Listing.Row(
                    key: programme.code,
                    values: [
                        .string(programme.code), .string(programme.title), .text(record.status?.status.rawValue),
                        .date(record.status?.effectiveOn),
                        programme.thematicArea.map(JSON.integer) ?? .null, .list(programme.countries), .list(record.regions),
                        .list(programme.organizations), .array(programme.objectives.map(JSON.integer)), .money(record.budget?.amount),
                        .date(record.budget?.effectiveOn), .date(programme.startsOn), .date(programme.endsOn),
                        .integer(record.localAuthorities.count), .list(unconfirmed.sorted()), .string(programme.source),
                        .string(programme.note),
                        counted,
                    ])
            })
    }

    /// 1, or the part of a programme that counts for a region when it is in several.
    private func countedPart(of programme: ProgrammeOnRecord, in region: RegionOfProgramme?) -> JSON {
        guard case .known(let id) = region, programme.regions.count > 1, let index = programme.regions.firstIndex(of: id) else { return 1 }
        let parts = try? Money(minorUnits: 100, currency: terms.currency).split(by: programme.regions.map { _ in 1 })
        return parts.map { .string(decimal(hundredths: $0[index].minorUnits)) } ?? 1
    }

    private func organizationsListing() -> Listing {
        Listing(
            ["id", "name", "shortName", "kind", "country", "operational", "pipeline", "statusUnknown", "source"],
            record.organizations.map { organization in
                let counts = counts(of: record.programmes(ProgrammeFilter(organization: organization.id)))
                return Listing.Row(
                    key: organization.id,
                    values: [
                        .string(organization.id), .string(organization.name), .string(organization.shortName),
                        .string(organization.kind.rawValue),
                        .text(organization.country), .integer(counts.operational), .integer(counts.pipeline), .integer(counts.unknown),
                        .string(organization.source),
                    ])
            })
    }

    /// Programmes by status.
    func counts(of programmes: [ProgrammeOnRecord]) -> (operational: Int, pipeline: Int, unknown: Int) {
        (
            programmes.count { $0.status?.status == .operational }, programmes.count { $0.status?.status == .pipeline },
            programmes.count { $0.status == nil }
        )
    }

    private func countriesListing() -> Listing {
        Listing(
            ["iso3", "iso2", "m49", "name", "region", "operational", "pipeline", "statusUnknown"],
            record.countries.map { country in
                let counts = counts(of: record.programmes(ProgrammeFilter(country: country.iso3)))
                return Listing.Row(
                    key: country.iso3,
                    values: [
                        .string(country.iso3), .string(country.iso2), .string(country.m49), .string(country.name), .string(country.region),
                        .integer(counts.operational), .integer(counts.pipeline), .integer(counts.unknown),
                    ])
            })
    }

    private func thematicAreasListing() throws -> Listing {
        let balance = try record.balance(of: .operational)
        return Listing(
            ["number", "name", "shortName", "objectives", "operational", "pipeline", "statusUnknown", "operationalBudget", "confirmed"],
            terms.thematicAreas.map { area in
                let counts = counts(of: record.programmes(ProgrammeFilter(area: .known(area.number))))
                return Listing.Row(
                    key: String(area.number),
                    values: [
                        .integer(area.number), .string(area.name), .string(area.shortName), .array(area.objectives.map(JSON.integer)),
                        .integer(counts.operational), .integer(counts.pipeline), .integer(counts.unknown),
                        .money(balance.areaTotals[.known(area.number)]?.amount ?? .zero(terms.currency)),
                        .boolean(area.standing.isConfirmed),
                    ])
            })
    }

    private func objectivesListing() -> Listing {
        Listing(
            ["number", "title", "thematicArea", "programmes", "confirmed", "source"],
            terms.objectives.map { objective in
                Listing.Row(
                    key: String(objective.number),
                    values: [
                        .integer(objective.number), .string(objective.title),
                        terms.thematicAreas.first { $0.objectives.contains(objective.number) }.map { .integer($0.number) } ?? .null,
                        .list(record.programmes(ProgrammeFilter(objective: objective.number)).map(\.id)),
                        .boolean(objective.standing.isConfirmed),
                        .text(objective.standing.source),
                    ])
            })
    }

    private func localEngagementListing(_ authorities: [AuthorityOnRecord]) -> Listing {
        Listing(
            ["id", "programme", "name", "naming", "level", "countries", "placeWithheld", "evidence", "section", "source", "note"],
            authorities.map { authority in
                Listing.Row(
                    key: authority.id,
                    values: [
                        .string(authority.id), .string(authority.programme), .text(authority.place?.name),
                        .text(authority.place?.naming.rawValue),
                        .text(authority.place?.level?.rawValue), .list(authority.countries), .boolean(authority.place == nil),
                        .string(authority.evidence.rawValue), .text(authority.place?.section), .string(authority.source),
                        .text(authority.place?.note),
                    ])
            })
    }

    private func balanceListing() throws -> Listing {
        Listing(
            ["status", "thematicArea", "region", "budget", "programmes"],
            try [ProgrammeStatus.operational, .pipeline].flatMap { status in
                let balance = try record.balance(of: status)
                return balance.areas.flatMap { area in
                    balance.regions.map { region in
                        let cell = balance.cell(area, region)
                        let values = ProgrammeQuery.values(of: ProgrammeFilter(area: area, region: region))
                        return Listing.Row(
                            key: "\(status.rawValue).\(values[.area] ?? "").\(values[.region] ?? "")",
                            values: [
                                .string(status.rawValue), .text(values[.area]), .text(values[.region]),
                                .money(cell?.amount ?? .zero(terms.currency)), .string(decimal(hundredths: cell?.hundredths ?? 0)),
                            ])
                    }
                }
            })
    }

    private func statementsListing() -> Listing {
        Listing(
            ["key", "figure", "label", "qualifier", "stated", "recorded", "difference", "unit", "asOf", "source", "section", "note"],
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
        return Listing(["section", "key", "name", "value", "effectiveOn", "confirmed", "source", "counted"], rows)
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

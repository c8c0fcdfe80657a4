internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// What pages about programmes show as data: who takes part, where, for which objectives.
extension PageContext {
    func programmesListing(_ programmes: [ProgrammeOnRecord], counting: Counting) throws -> Listing {
        let region = try ProgrammeQuery.filter(query, in: record).region
        return Listing(
            [
                "code", "title", "status", "statusOn", "thematicArea", "countries", "regions", "organizations", "objectives", "budget",
                "budgetOn",
                "startsOn", "endsOn", "localAuthorities", "unconfirmed", "source", "note", "counted",
            ], money: ["budget", "counted"],
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

    func organizationsListing() -> Listing {
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

    func countriesListing() -> Listing {
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

    func thematicAreasListing() throws -> Listing {
        let balance = try record.balance(of: .operational)
        return Listing(
            ["number", "name", "shortName", "objectives", "operational", "pipeline", "statusUnknown", "operationalBudget", "confirmed"],
            money: ["operationalBudget"],
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

    func objectivesListing() -> Listing {
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

    /// The authorities of programmes of one status, or all.
    func authoritiesOfPage() throws(Failure) -> [AuthorityOnRecord] {
        let filter = ProgrammeFilter(status: try ProgrammeQuery.filter(query, in: record).status)
        return record.programmes(filter).flatMap(\.localAuthorities)
    }

    func localEngagementListing(_ authorities: [AuthorityOnRecord]) -> Listing {
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

    func balanceListing() throws -> Listing {
        Listing(
            ["status", "thematicArea", "region", "budget", "programmes"], money: ["budget"],
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
}

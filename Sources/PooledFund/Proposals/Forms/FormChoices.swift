internal import SQL

/// What can be chosen in the fields of a fund's forms: the lists of its Terms, and its organizations and countries.
public struct FormChoices: Sendable {
    let terms: Terms
    /// Of every kind, by name.
    public let organizations: [Organization]
    let countries: [CountryChoice]

    struct CountryChoice: Sendable, Hashable {
        let iso3: String
        let name: String
        let region: String
    }

    public struct Organization: Sendable, Hashable, Identifiable {
        public let id: String
        public let name: String
        public let kind: PooledFund.Organization.Kind?
        /// ISO 3166-1 alpha-3; nil for one that is of no one country.
        public let country: String?
        /// Its full name, the short one and its aliases, as names are compared.
        let names: Set<ComparedName>
    }

    static func read(_ fund: String, _ terms: Terms, in transaction: any ReadTransaction) throws -> FormChoices {
        let organizations = try RecordQueries.current(.organizations, of: fund, known: .max, in: transaction)
        let countries = try RecordQueries.current(.countries, of: fund, known: .max, in: transaction)
        return FormChoices(
            terms: terms,
            organizations: organizations.map { row in
                Organization(
                    id: row["id"], name: row["short_name"].isEmpty ? row["name"] : row["short_name"],
                    kind: PooledFund.Organization.Kind(rawValue: row["kind"]), country: row["country"].isEmpty ? nil : row["country"],
                    names: Set(([row["name"], row["short_name"]] + row["aliases"].listed).filter { !$0.isEmpty }.map(ComparedName.init)))
            }.sorted { ($0.name, $0.id) < ($1.name, $1.id) },
            countries: countries.map { CountryChoice(iso3: $0["iso3"], name: $0["name"], region: $0["region"]) }
                .sorted { ($0.name, $0.iso3) < ($1.name, $1.iso3) })
    }

    public func organization(_ id: String) -> Organization? { organizations.first { $0.id == id } }

    public func choices(of list: ProposalField.ChoiceList) -> [FormChoice] {
        switch list {
        case .own(let choices): choices
        case .thematicAreas: terms.thematicAreas.map { FormChoice(id: String($0.number), label: $0.name) }
        case .objectives: terms.objectives.map { FormChoice(id: String($0.number), label: $0.title) }
        case .countries: countries.map { FormChoice(id: $0.iso3, label: $0.name) }
        case .regions: terms.regions.map { FormChoice(id: $0.id, label: $0.name) }
        case .principles: terms.principles.map { FormChoice(id: $0.id, label: $0.name) }
        case .organizations: organizations.map { FormChoice(id: $0.id, label: $0.name) }
        case .organizationsOfKind(let kind): organizations.filter { $0.kind == kind }.map { FormChoice(id: $0.id, label: $0.name) }
        case .marker(let id): (terms.marker(id)?.scale ?? []).map { FormChoice(id: $0, label: $0) }
        }
    }

    /// The regions that countries are in, in the order of the Terms.
    func regions(of codes: [String]) -> [String] {
        let regions = Set(countries.filter { codes.contains($0.iso3) }.map(\.region))
        return terms.regions.map(\.id).filter(regions.contains)
    }
}

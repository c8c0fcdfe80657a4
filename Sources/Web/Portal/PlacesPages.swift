internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    func countriesPage() throws -> Page {
        let countries = record.countries.filter { !record.programmes(ProgrammeFilter(country: $0.iso3)).isEmpty }.sorted {
            $0.name < $1.name
        }
        let (rows, pages) = try paged(countries)
        return Page(
            title: say("countries.title"),
            lead: .text(say("countries.lead", ["count": .number(countries.count), "all": .number(record.countries.count)])),
            content: try .fragment {
                map(
                    operational: record.programmes(ProgrammeFilter(status: .known(.operational))),
                    pipeline: record.programmes(ProgrammeFilter(status: .known(.pipeline))))
                RecordTable(
                    caption: say("countries.caption"),
                    columns: [
                        .init(label: say("column.country"), isName: true), .init(label: say("column.iso3")),
                        .init(label: say("column.region")),
                        .init(label: say("column.operational"), isNumber: true), .init(label: say("column.pipeline"), isNumber: true),
                        .init(label: say("column.unknown"), isNumber: true),
                    ],
                    rows: rows.map { country in
                        let counts = counts(of: record.programmes(ProgrammeFilter(country: country.iso3)))
                        return [
                            link(.country(country.iso3), country.name), .text(country.iso3),
                            .text(terms.region(country.region)?.name ?? country.region),
                            .text(wording.integer(counts.operational)), .text(wording.integer(counts.pipeline)),
                            .text(wording.integer(counts.unknown)),
                        ]
                    }
                ).markup()
                try pager(pages)
            })
    }

    func countryPage(_ iso3: String) throws -> Page {
        guard let country = record.country(iso3) else { throw Failure.notFound }
        let programmes = try programmesOfPage()
        let contributor = record.contributions.first { $0.contributor.country == iso3 }
        let region = terms.region(country.region)
        return Page(
            title: country.name,
            lead: .text(
                programmes.isEmpty
                    ? say("country.lead.none", ["name": .text(country.name)])
                    : say("country.lead", ["count": .number(programmes.count), "name": .text(country.name)])),
            content: .fragment {
                if !programmes.isEmpty { programmeTable(programmes, counting: .programmes, region: nil, all: programmes) }
                facts([
                    (
                        say("column.region"),
                        .fragment {
                            region?.name ?? country.region; unconfirmedMark(region?.standing.isConfirmed == false)
                        }
                    ),
                    (say("fact.codes"), .text("\(country.iso3) · \(country.iso2) · \(country.m49)")),
                    (
                        say("fact.as-contributor"),
                        contributor.map { contributor in
                            .fragment {
                                link(.contributor(contributor.id), contributor.contributor.name)
                                " \(terms.currency.code)\u{A0}"
                                contributed(contributor)
                            }
                        } ?? .empty
                    ),
                ])
                p(.class("note")) { say("map.disclaimer") }
            })
    }

    func organizationsPage() throws -> Page {
        let organizations = record.organizations.sorted { $0.name < $1.name }
        let (rows, pages) = try paged(organizations)
        return Page(
            title: say("organizations.title"), lead: .text(say("organizations.lead", ["count": .number(organizations.count)])),
            content: try .fragment {
                RecordTable(
                    caption: say("organizations.caption"),
                    columns: [
                        .init(label: say("column.organization"), isName: true), .init(label: say("column.abbreviation")),
                        .init(label: say("column.kind")),
                        .init(label: say("column.operational"), isNumber: true), .init(label: say("column.pipeline"), isNumber: true),
                        .init(label: say("column.unknown"), isNumber: true),
                    ],
                    rows: rows.map { organization in
                        let counts = counts(of: record.programmes(ProgrammeFilter(organization: organization.id)))
                        return [
                            link(.organization(organization.id), organization.name), .text(organization.shortName),
                            .text(wording.kind(organization.kind)),
                            .text(wording.integer(counts.operational)), .text(wording.integer(counts.pipeline)),
                            .text(wording.integer(counts.unknown)),
                        ]
                    }
                ).markup()
                try pager(pages)
                p(.class("note")) {
                    say(
                        "organizations.note",
                        [
                            "count": .number(record.programmes.count { $0.programme.organizations.isEmpty }),
                            "all": .number(record.programmes.count),
                        ])
                }
            })
    }

    func organizationPage(_ id: String) throws -> Page {
        guard let organization = record.organization(id) else { throw Failure.notFound }
        let programmes = try programmesOfPage()
        return Page(
            title: organization.name,
            lead: .text(say("organization.lead", ["count": .number(programmes.count), "name": .text(organization.shortName)])),
            content: .fragment {
                if !programmes.isEmpty { programmeTable(programmes, counting: .programmes, region: nil, all: programmes) }
                facts([
                    (say("column.abbreviation"), .text(organization.shortName)),
                    (say("column.kind"), .text(wording.kind(organization.kind))),
                    (say("fact.aliases"), .text(organization.aliases.joined(separator: "; "))),
                    (wording.label(.transferred), .text("\(say("figure.none")) (\(wording.reason(.recordsDoNotReach)))")),
                    (say("fact.source"), sourceLink(organization.source)),
                ])
            })
    }
}

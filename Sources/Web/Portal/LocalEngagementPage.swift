internal import HTML
internal import PooledFund
internal import Publications

extension PageContext {
    func localEngagementPage() throws -> Page {
        let authorities = try authoritiesOfPage()
        let (rows, pages) = try paged(authorities)
        let programmes = Set(authorities.map(\.programme))
        let named = authorities.count { $0.place?.naming == .named }
        let described = authorities.count { $0.place?.naming == .described }
        let withheld = authorities.count - named - described
        return Page(
            title: say("local-engagement.title"),
            lead: .text(
                say(
                    "local-engagement.lead",
                    [
                        "count": .number(authorities.count), "programmes": .number(programmes.count), "named": .number(named),
                        "described": .number(described),
                    ]) + (withheld == 0 ? "" : " \(say("local-engagement.lead.withheld", ["count": .number(withheld)]))")),
            content: try .fragment {
                filterLinks(
                    say("filter.status"),
                    [ProgrammeStatus.operational, .pipeline].map { ($0.rawValue, wording.status($0)) } + [
                        (ProgrammeQuery.unknown, wording.status(nil))
                    ],
                    parameter: .status)
                authorityTable(Array(rows), showsProgramme: true)
                try pager(pages)
                text("local-engagement")
                levels(authorities)
                p(.class("note")) { coverageNote(.localEngagement, count: authorities.count) }
                p(.class("note")) {
                    say("local-engagement.places-note")
                    if let address = Address("mailto:\(terms.identity.contact.email)") {
                        " "
                        say.markup(
                            "local-engagement.correct",
                            [
                                "contact": .text(terms.identity.contact.name),
                                "email": .markup(a(.href(address)) { terms.identity.contact.email }),
                            ])
                    }
                }
            })
    }

    private func levels(_ authorities: [AuthorityOnRecord]) -> Markup {
        let counts = Dictionary(grouping: authorities.filter { $0.place != nil }, by: { $0.place?.level }).mapValues(\.count)
        let order = LocalAuthority.Level.allCases.map(Optional.some) + [nil]
        let maximum = Int64(counts.values.max() ?? 0)
        return block(say("local-engagement.levels")) {
            dl(.class("levels")) {
                order.compactMap { level in
                    counts[level].map { count in
                        div {
                            dt { wording.level(level) }
                            dd {
                                "\(wording.integer(count)) "; Bar(value: Int64(count), maximum: maximum).markup()
                            }
                        }
                    }
                }
            }
        }
    }

    /// Authorities as the public may see them.
    func authorityTable(_ authorities: [AuthorityOnRecord], showsProgramme: Bool) -> Markup {
        RecordTable(
            caption: say("local-engagement.caption"),
            columns: [
                .init(label: say("column.authority"), isName: true), .init(label: say("column.level")), .init(label: say("column.country")),
            ]
                + (showsProgramme ? [.init(label: say("column.programme")), .init(label: say("column.status"))] : [])
                + [.init(label: say("column.evidence")), .init(label: say("column.source"))],
            rows: authorities.map { authority in
                [
                    name(of: authority), .text(authority.place.map { wording.level($0.level) } ?? say("place.withheld.level")),
                    .text(wording.list(authority.countries.map { record.country($0)?.name ?? $0 })),
                ]
                    + (showsProgramme ? [programmeCell(authority.programme), statusCell(authority.programme)] : [])
                    + [
                        .text(wording.evidence(authority.evidence)),
                        .fragment {
                            sourceLink(authority.source)
                            if let section = authority.place?.section, !section.isEmpty { span(.class("memo")) { section } }
                        },
                    ]
            }
        ).markup()
    }

    private func programmeCell(_ code: String) -> Markup {
        guard let programme = record.programme(code) else { return .empty }
        return .fragment {
            areaTag(programme.programme.thematicArea)
            " "
            link(.programme(code), wording.place(of: programme.programme, in: record))
        }
    }

    private func statusCell(_ code: String) -> Markup {
        let status = record.programme(code)?.status?.status
        return .fragment {
            statusTag(status)
            if status == .pipeline { span(.class("memo")) { say("local-engagement.pipeline") } }
        }
    }

    private func name(of authority: AuthorityOnRecord) -> Markup {
        guard let place = authority.place else { return span(.class("dim")) { say("place.withheld") } }
        return .fragment {
            bdi(.id("authority-\(authority.id)")) { place.name }
            if place.naming == .described { " "; span(.class("described")) { say("naming.described") } }
            if !place.note.isEmpty { span(.class("memo")) { note(place.note) } }
        }
    }
}

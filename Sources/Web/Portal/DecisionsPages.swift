internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension Place {
    /// Whether the page is made of what the committee decided.
    var tellsOutcomes: Bool {
        switch self {
        case .decisions, .decision, .booklet: true
        default: false
        }
    }
}

extension PageContext {
    /// What the committee approved, and what it took into the pipeline and may be published.
    func decisionsPage() throws -> Page {
        guard let outcomes else { throw Failure.notFound }
        let (rows, pages) = try paged(outcomes.all)
        return Page(
            title: say("decisions.title"), lead: .text(say("decisions.lead")),
            content: try .fragment {
                if rows.isEmpty { p(.class("note")) { say("decisions.none") } } else { outcomeTable(Array(rows)) }
                try pager(pages)
                p(.class("note")) { say("decisions.note") }
                p(.class("more")) { link(.booklet, say("booklet.title")) }
            })
    }

    private func outcomeTable(_ outcomes: [PublishedProposal]) -> Markup {
        RecordTable(
            caption: say("decisions.caption"),
            columns: [
                .init(label: say("column.area")), .init(label: say("column.programme"), isName: true),
                .init(label: say("decisions.column.outcome")), .init(label: say("decisions.column.day")),
                .init(label: say("decisions.column.amount"), isNumber: true), .init(label: say("column.organizations")),
            ],
            rows: outcomes.map { outcome in
                [
                    areaTag(outcome.thematicArea), name(of: outcome),
                    .text(say(SentenceKey("decisions.outcome.\(outcome.outcome.rawValue)"))),
                    .text(wording.date(outcome.day)), .text(amount(outcome)),
                    .text(wording.list(outcome.organizations.map(\.name))),
                ]
            }
        ).markup()
    }

    private func amount(_ outcome: PublishedProposal) -> String {
        (try? outcome.total(in: terms.currency)).map(wording.money) ?? say("figure.none")
    }

    private func name(of outcome: PublishedProposal) -> Markup {
        guard let meeting = outcome.meeting else { return bdi { outcome.title } }
        return link(.decision(meeting: meeting, proposal: outcome.id), outcome.title)
    }

    /// The sheet of one decision: what was decided on, by the digest of its version, and what follows.
    func decisionPage(_ meeting: String, _ proposal: String) throws -> Page {
        guard let outcome = outcomes?.decided(proposal, at: meeting) else { throw Failure.notFound }
        return Page(
            title: outcome.title,
            lead: .text(say(SentenceKey("decisions.sheet.\(outcome.outcome.rawValue)"), ["date": .text(wording.date(outcome.day))])),
            content: .fragment {
                PublishedCard(outcome: outcome, record: record, say: say).decision
                PublishedCard(outcome: outcome, record: record, say: say).card(headed: false)
                amountTable(outcome)
                if !outcome.files.isEmpty { fileTable(outcome) }
            })
    }

    /// What was attached for everybody, with the digests by which a copy is known again.
    private func fileTable(_ outcome: PublishedProposal) -> Markup {
        RecordTable(
            caption: say("decisions.files"),
            columns: [
                .init(label: say("decisions.column.file"), isName: true), .init(label: say("decisions.column.size")),
                .init(label: "SHA-256"),
            ],
            rows: outcome.files.map { file in
                [
                    a(.href(address(of: file, outcome))) { file.label }, .text(fileSize(file.size)),
                    HTML.code { hexadecimal(file.digest) },
                ]
            }
        ).markup()
    }

    private func address(of file: PublishedFile, _ outcome: PublishedProposal) -> Address {
        Address(segments: ["funds", record.fund, "files", outcome.id, file.id])
    }

    private func amountTable(_ outcome: PublishedProposal) -> Markup {
        RecordTable(
            caption: say("decisions.amounts"),
            columns: [
                .init(label: say("column.organization"), isName: true), .init(label: say("decisions.column.amount"), isNumber: true),
            ],
            rows: outcome.amounts.map { [.text(outcome.name(of: $0.organization)), .text(wording.money($0.amount))] },
            total: [.text(say("total")), .text(amount(outcome))]
        ).markup()
    }

    /// Every entry of the pipeline that may be published, one after the other.
    func bookletPage() throws -> Page {
        guard let outcomes else { throw Failure.notFound }
        return Page(
            title: say("booklet.title"), lead: .text(say("booklet.lead", ["count": .number(outcomes.pipeline.count)])),
            content: .fragment {
                p(.class("note")) { say("booklet.formats", ["fund": .text(record.fund)]) }
                Booklet(record: record, outcomes: outcomes, say: say).content
            })
    }

    func decisionsListing(_ outcomes: [PublishedProposal]) -> Listing {
        Listing(
            [
                "proposal", "title", "outcome", "decidedOn", "document", "version", "sha256", "thematicArea", "objectives", "countries",
                "regions", "durationMonths", "organizations", "amount", "files",
            ], money: ["amount"],
            outcomes.map { outcome in
                Listing.Row(
                    key: "\(outcome.outcome.rawValue)-\(outcome.id)",
                    values: [
                        .string(outcome.id), .string(outcome.title), .string(outcome.outcome.rawValue), .date(outcome.day),
                        .string(outcome.document.rawValue), .integer(outcome.version), .string(hexadecimal(outcome.contentDigest)),
                        outcome.thematicArea.map { .integer($0) } ?? .null, .list(outcome.objectives.map(String.init)),
                        .list(outcome.countries), .list(outcome.regions), outcome.durationMonths.map { .integer($0) } ?? .null,
                        .list(outcome.organizations.map(\.id)), (try? outcome.total(in: terms.currency)).map { .money($0) } ?? .null,
                        .list(outcome.files.map { address(of: $0, outcome).text }),
                    ])
            })
    }
}

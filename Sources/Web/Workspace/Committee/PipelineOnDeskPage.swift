internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// The pipeline by age: since when each entry waits, when it is to be confirmed, until when it stays.
    func pipelinePage(_ fund: String) async throws -> WorkspacePage {
        guard let (committee, entries) = try await office.pipeline(of: fund, seenBy: visitor, now: now) else { throw Failure.notFound }
        let (rows, pager) = try paged(entries, keeping: [])
        return WorkspacePage(
            title: say("committee.pipeline.title"), lead: .text(say("committee.pipeline.lead", ["count": .number(entries.count)])),
            notice: doneNotice(in: fund),
            content: .fragment {
                if rows.isEmpty { p(.class("dim")) { say("committee.pipeline.none") } } else { agingTable(rows, committee) }
                pager
            })
    }

    private func agingTable(_ entries: [PipelineEntry], _ committee: CommitteeOnDesk) -> Markup {
        let today = committee.days.day(of: now)
        return RecordTable(
            caption: say("committee.pipeline.title"),
            columns: [
                .init(label: say("committee.column.proposal"), isName: true), .init(label: say("committee.column.cost"), isNumber: true),
                .init(label: say("committee.column.since")), .init(label: say("committee.column.confirmed")),
                .init(label: say("committee.column.confirm-by")), .init(label: say("committee.column.expires")),
                .init(label: say("committee.column.state")),
            ],
            rows: entries.map { entry in
                [
                    proposalName(entry.proposal, entry.version),
                    .text((try? Money.sum(entry.amounts.map(\.amount), in: committee.terms.currency)).map(wording.money) ?? ""),
                    date(entry.since), entry.reviewedOn.map(date) ?? .empty,
                    mark(entry.confirmBy, isPast: entry.isConfirmationDue(on: today)),
                    mark(entry.expiresAfter, isPast: entry.isExpired(on: today)), state(of: entry, committee, today),
                ]
            }
        ).markup()
    }

    private func mark(_ day: CivilDate?, isPast: Bool) -> Markup {
        guard let day else { return .empty }
        return isPast ? strong { date(day) } : date(day)
    }

    private func state(of entry: PipelineEntry, _ committee: CommitteeOnDesk, _ today: CivilDate) -> Markup {
        let own = [("proposal", entry.id)]
        return .fragment {
            say(entry.fundsWaitedFor ? "committee.pipeline.waits" : "committee.pipeline.invited")
            " · "
            say(entry.isPublished ? "committee.pipeline.public" : "committee.pipeline.not-public")
            if committee.reader.isOfficer, committee.reader.acts {
                if entry.fundsWaitedFor {
                    " · "
                    a(.href(actionAddress(InviteDocument.name, in: committee.fund, own))) { say("committee.pipeline.invite") }
                }
                if entry.isExpired(on: today) {
                    " · "
                    a(.href(actionAddress(ExpirePipeline.name, in: committee.fund, own))) { say("committee.pipeline.expire") }
                }
            }
        }
    }
}

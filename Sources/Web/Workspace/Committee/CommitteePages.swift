internal import Foundation
internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    func uuid() -> String { UUID().uuidString.lowercased() }

    func committeeOfFund(_ fund: String) async throws -> CommitteeOnDesk {
        guard let committee = try await office.committee(of: fund, seenBy: visitor, now: now) else { throw Failure.notFound }
        return committee
    }

    /// The meetings of the committee, what waits for it, the money, and who sits on it.
    func committeeMeetingsPage(_ fund: String) async throws -> WorkspacePage {
        let committee = try await committeeOfFund(fund)
        return WorkspacePage(
            title: say("committee.title"), lead: .text(say("committee.lead")), notice: doneNotice(in: fund),
            content: .fragment {
                p(.class("actions-line")) {
                    if committee.reader.isOfficer {
                        buttonLink(say("committee.convene"), to: conveneAddress(committee), weight: .primary)
                        " "
                        if committee.terms.committee.rules.noObjection != nil {
                            buttonLink(say("committee.open-window"), to: actionAddress(OpenNoObjection.name, in: fund))
                            " "
                        }
                    }
                    buttonLink(say("committee.slates.title"), to: Self.address(.committee(fund: fund, .slates)))
                    " "
                    buttonLink(say("committee.pipeline.title"), to: Self.address(.committee(fund: fund, .pipeline)))
                }
                workspaceBlock(say("committee.meetings")) { meetingTable(committee) }
                if committee.reader.isOfficer { workspaceBlock(say("committee.waiting")) { waitingTable(committee) } }
                workspaceBlock(say("committee.money"), note: .text(say("committee.money.note"))) { moneyFacts(committee) }
                workspaceBlock(say("committee.seats")) { seatTable(committee) }
            })
    }

    private func conveneAddress(_ committee: CommitteeOnDesk) -> Address {
        let agenda = committee.waiting.prefix(20).enumerated().map { ("agenda.\($0 + 1).proposal", $1.id) }
        return actionAddress(ConveneMeeting.name, in: committee.fund, agenda)
    }

    private func meetingTable(_ committee: CommitteeOnDesk) -> Markup {
        guard !committee.meetings.isEmpty else { return p(.class("dim")) { say("committee.meetings.none") } }
        return RecordTable(
            caption: say("committee.meetings"),
            columns: [
                .init(label: say("committee.column.meeting"), isName: true), .init(label: say("committee.column.day")),
                .init(label: say("committee.column.where")), .init(label: say("committee.column.items"), isNumber: true),
                .init(label: say("committee.column.decided"), isNumber: true), .init(label: say("committee.column.state")),
            ],
            rows: committee.meetings.map { meeting in
                let decided = meeting.items.count { committee.decisions["\(meeting.id)/\($0.proposal)"] != nil }
                return [
                    committeeLink(.meeting(meeting.id), committee.fund, meeting.title), date(meeting.heldOn),
                    meetingPlace(meeting, committee.days), .text(wording.integer(meeting.items.count)), .text(wording.integer(decided)),
                    .text(say(meeting.isClosed ? "committee.closed" : "committee.open")),
                ]
            }
        ).markup()
    }

    func meetingPlace(_ meeting: CommitteeMeeting, _ days: FundDays) -> Markup {
        guard let closesAt = meeting.closesAt else { return .text(meeting.place) }
        return say.markup("committee.window", ["moment": .markup(moment(closesAt, days))])
    }

    private func waitingTable(_ committee: CommitteeOnDesk) -> Markup {
        guard !committee.waiting.isEmpty else { return p(.class("dim")) { say("committee.waiting.none") } }
        return RecordTable(
            caption: say("committee.waiting"),
            columns: [
                .init(label: say("committee.column.proposal"), isName: true), .init(label: say("committee.column.document")),
                .init(label: say("committee.column.asked"), isNumber: true), .init(label: say("committee.column.since")),
            ],
            rows: committee.waiting.map { item in
                [
                    proposalName(item.proposal, item.version), .text(documentName(item.version)), budget(of: item.version, committee),
                    date(committee.days.day(of: item.proposal.stageSince)),
                ]
            }
        ).markup()
    }

    func proposalName(_ proposal: Proposal, _ version: ProposalVersion) -> Markup {
        .fragment {
            version.facts.title
            span(.class("memo")) { proposal.code }
        }
    }

    func documentName(_ version: ProposalVersion) -> String {
        say(
            "committee.version",
            [
                "document": .text(say(SentenceKey("proposal.document.\(version.document.rawValue)"))), "number": .number(version.number),
            ])
    }

    func budget(of version: ProposalVersion, _ committee: CommitteeOnDesk) -> Markup {
        .text((try? version.facts.budget(in: committee.terms.currency)).map(wording.money) ?? say("figure.none"))
    }

    // MARK: Money

    func moneyFacts(_ committee: CommitteeOnDesk) -> Markup {
        guard let cash = committee.cash else { return p(.class("dim")) { say("committee.money.none") } }
        let statement = cash.statement
        return .fragment {
            factList([
                (say("committee.money.as-of"), date(statement.asOf)),
                (say("committee.money.deposits"), .text(wording.money(statement.deposits))),
                (say("committee.money.income"), .text(wording.money(statement.income))),
                (say("committee.money.fees"), .text(wording.money(statement.fees))),
                (say("committee.money.transferred"), .text(wording.money(statement.transferred))),
                (say("committee.money.approved"), .text(wording.money(cash.approved))),
                (say("committee.money.reserved"), .text(wording.money(cash.reserved))),
                (say("committee.money.available"), strong { wording.money(cash.available) }),
            ])
            if !cash.agreements.isEmpty {
                RecordTable(
                    caption: say("committee.agreements"),
                    columns: [
                        .init(label: say("committee.column.contributor"), isName: true),
                        .init(label: say("committee.column.to-be-paid"), isNumber: true),
                        .init(label: say("committee.column.unapproved"), isNumber: true),
                    ],
                    rows: cash.agreements.map { entry in
                        [
                            .fragment {
                                committee.names.party(entry.agreement.contributor)
                                span(.class("memo")) { entry.id }
                            },
                            .text(wording.money(entry.agreement.amount)), .text(wording.money(entry.left)),
                        ]
                    }
                ).markup()
            }
        }
    }

    // MARK: Seats

    /// Who sits where; the seats that nobody holds in a line.
    private func seatTable(_ committee: CommitteeOnDesk) -> Markup {
        let held = committee.seats.filter { $0.member != nil || $0.alternate != nil }
        let vacant = committee.seats.filter { $0.member == nil && $0.alternate == nil }.map { committee.terms.committee.name(of: $0.seat) }
        return .fragment {
            if !held.isEmpty {
                RecordTable(
                    caption: say("committee.seats"),
                    columns: [
                        .init(label: say("committee.column.seat"), isName: true), .init(label: say("committee.column.member")),
                        .init(label: say("committee.column.alternate")),
                    ],
                    rows: held.map { [seatName($0.seat, committee), holder($0.member, committee), holder($0.alternate, committee)] }
                ).withoutEmptyColumns().markup()
            }
            if !vacant.isEmpty {
                p(.class("dim")) { say("committee.seats.vacant", ["seats": .text(vacant.joined(separator: say("list.separator")))]) }
            }
        }
    }

    /// The seat by its constituency, with whom the Terms name as its holder.
    func seatName(_ seat: Committee.Seat, _ committee: CommitteeOnDesk) -> Markup {
        let about = [seat.holder, seat.part == .observer ? say("committee.seat.observer") : nil].compactMap(\.self)
        return .fragment {
            committee.terms.committee.name(of: seat)
            if !about.isEmpty { span(.class("memo")) { about.joined(separator: " · ") } }
        }
    }

    func holder(_ holding: RoleHolding?, _ committee: CommitteeOnDesk) -> Markup {
        guard let holding else { return .empty }
        return .fragment {
            link(.person(fund: committee.fund, holding.person), personName(holding.person, committee))
            span(.class("memo")) { committee.names.party(holding.organization) }
        }
    }

    func personName(_ id: String, _ committee: CommitteeOnDesk) -> String {
        committee.names.person(id) ?? say("person.erased", ["id": .text(String(id.suffix(6)))])
    }
}

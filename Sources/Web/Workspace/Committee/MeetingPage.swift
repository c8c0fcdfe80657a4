internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// A meeting: its agenda with what is said of each item, its papers, who is there.
    func meetingPage(_ id: String, _ fund: String) async throws -> WorkspacePage {
        guard let model = try await office.meeting(id, of: fund, seenBy: visitor, now: now) else { throw Failure.notFound }
        let meeting = model.meeting
        return WorkspacePage(
            title: meeting.title, lead: meetingLead(model), notice: doneNotice(in: fund),
            content: .fragment {
                if model.committee.reader.isOfficer, !meeting.isClosed { officerButtons(model) }
                if !meeting.note.isEmpty { div(.class("prose")) { p(.class("lines")) { meeting.note } } }
                if let closure = meeting.closure, !closure.isEmpty { p(.class("lines")) { closure } }
                workspaceBlock(say("committee.agenda")) { agendaTable(model) }
                if meeting.kind == .meeting {
                    workspaceBlock(say("committee.attendance"), note: quorumNote(model.quorum)) { attendanceTable(model) }
                }
                let papers = meeting.papers.filter { $0.proposal == nil }
                if !papers.isEmpty { workspaceBlock(say("committee.papers")) { paperList(papers, model) } }
                model.items.map { MeetingItemMarkup(context: self, model: model, item: $0).markup() }
            })
    }

    private func meetingLead(_ model: MeetingOnDesk) -> Markup {
        .fragment {
            date(model.meeting.heldOn)
            " · "
            meetingPlace(model.meeting, model.committee.days)
            if model.meeting.isClosed {
                " · "
                say("committee.closed")
            }
        }
    }

    private func officerButtons(_ model: MeetingOnDesk) -> Markup {
        let (fund, meeting) = (model.committee.fund, model.meeting)
        let seats = model.committee.seats.enumerated().flatMap { index, held -> [(String, String)] in
            let part = meeting.attendance[held.id]?.part ?? (held.member == nil ? .absent : .member)
            return [("seats.\(index + 1).seat", held.id), ("seats.\(index + 1).part", part.rawValue)]
        }
        let own = [("meeting", meeting.id)]
        return p(.class("actions-line")) {
            buttonLink(say("committee.amend"), to: actionAddress(AmendMeeting.name, in: fund, own))
            " "
            buttonLink(say("committee.attach"), to: actionAddress(AttachPaper.name, in: fund, own))
            " "
            if meeting.kind == .meeting {
                buttonLink(say("committee.record-attendance"), to: actionAddress(RecordAttendance.name, in: fund, own + seats))
                " "
            }
            if model.slate == nil {
                buttonLink(say("committee.propose-slate"), to: actionAddress(ProposeSlate.name, in: fund, own))
                " "
            }
            buttonLink(say("committee.close"), to: actionAddress(CloseMeeting.name, in: fund, own))
        }
    }

    private func agendaTable(_ model: MeetingOnDesk) -> Markup {
        guard !model.items.isEmpty else { return p(.class("dim")) { say("committee.agenda.none") } }
        return .fragment {
            if let slate = model.slate {
                p {
                    say.markup(
                        "committee.slate-proposed", ["slate": .markup(committeeLink(.slate(slate), model.committee.fund, slate))])
                }
            }
            RecordTable(
                caption: say("committee.agenda"),
                columns: [
                    .init(label: say("committee.column.proposal"), isName: true), .init(label: say("committee.column.document")),
                    .init(label: say("committee.column.asked"), isNumber: true),
                    .init(label: say("committee.column.proposed"), isNumber: true), .init(label: say("committee.column.decision")),
                ],
                rows: model.items.map { item in
                    [
                        .fragment {
                            a(.href(Address(fragment: "item-\(item.id)"))) { item.version.facts.title }
                            span(.class("memo")) { item.id }
                        },
                        .text(documentName(item.version)), budget(of: item.version, model.committee),
                        .text(proposed(item, model).map(wording.money) ?? ""),
                        .text(item.decision.map { say(SentenceKey("committee.outcome.\($0.outcome.rawValue)")) } ?? ""),
                    ]
                }
            ).withoutEmptyColumns().markup()
        }
    }

    private func proposed(_ item: MeetingOnDesk.Item, _ model: MeetingOnDesk) -> Money? {
        item.proposed.isEmpty ? nil : try? Money.sum(item.proposed.map(\.amount), in: model.committee.terms.currency)
    }

    /// What each rule of the quorum asks for and finds.
    func quorumNote(_ findings: [QuorumFinding]) -> Markup {
        guard !findings.isEmpty else { return .empty }
        let parts = findings.map { finding in
            say(
                finding.rule.constituency == nil ? "committee.quorum.all" : "committee.quorum.constituency",
                [
                    "present": .number(finding.present), "needed": .number(finding.rule.atLeast),
                    "constituency": .text(finding.rule.constituency ?? ""),
                ])
        }
        let isMet = findings.allSatisfy(\.isMet)
        return .text(
            say(
                isMet ? "committee.quorum.met" : "committee.quorum.missing",
                ["rules": .text(parts.joined(separator: say("committee.quorum.and")))]))
    }

    private func attendanceTable(_ model: MeetingOnDesk) -> Markup {
        guard !model.meeting.attendance.isEmpty else { return p(.class("dim")) { say("committee.attendance.none") } }
        return RecordTable(
            caption: say("committee.attendance"),
            columns: [
                .init(label: say("committee.column.seat"), isName: true), .init(label: say("committee.column.there")),
                .init(label: say("column.person")),
            ],
            rows: model.committee.seats.map { held in
                let seated = model.meeting.attendance[held.id]
                return [
                    seatName(held.seat), .text(say(SentenceKey("committee.part.\(seated?.part.rawValue ?? "absent")"))),
                    .text(seated?.person.map { personName($0, model.committee) } ?? ""),
                ]
            }
        ).markup()
    }

    func paperList(_ papers: [CommitteeMeeting.Paper], _ model: MeetingOnDesk) -> Markup {
        ul {
            papers.map { paper in
                li {
                    committeeLink(.paper(meeting: model.meeting.id, paper.id), model.committee.fund, paper.title)
                    span(.class("memo")) {
                        say("committee.paper", ["name": .text(paper.name), "size": .text(wording.integer((paper.size + 1_023) / 1_024))])
                    }
                }
            }
        }
    }
}

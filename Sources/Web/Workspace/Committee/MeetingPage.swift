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
                if model.committee.reader.isOfficer, !meeting.isClosed {
                    nextStep(model)
                }
                if !meeting.note.isEmpty { div(.class("prose")) { p(.class("lines")) { meeting.note } } }
                if let closure = meeting.closure, !closure.isEmpty { p(.class("lines")) { closure } }
                workspaceBlock(say("committee.agenda")) { agendaTable(model) }
                model.items.map { MeetingItemMarkup(context: self, model: model, item: $0).markup() }
                let papers = meeting.papers.filter { $0.proposal == nil }
                if !papers.isEmpty { workspaceBlock(say("committee.papers")) { paperList(papers, model) } }
                if meeting.kind == .meeting {
                    workspaceBlock(say("committee.attendance"), id: "attendance", note: quorumNote(model.quorum)) { attendance(model) }
                }
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

    /// What the secretariat does next, and what else it may do, smaller.
    private func nextStep(_ model: MeetingOnDesk) -> Markup {
        let (fund, meeting) = (model.committee.fund, model.meeting)
        let own = [("meeting", meeting.id)]
        let open = model.items.first { $0.decision == nil }
        let isCounted = meeting.kind != .meeting || !meeting.attendance.isEmpty
        let attendance = (say("committee.record-attendance"), actionAddress(RecordAttendance.name, in: fund, own + seats(model)))
        let close = (say("committee.close"), actionAddress(CloseMeeting.name, in: fund, own))
        let item = open.map { (say("committee.next-item", ["title": .text($0.version.facts.title)]), Address(fragment: "item-\($0.id)")) }
        let next = isCounted ? item ?? close : attendance
        var others = [
            (say("committee.amend"), actionAddress(AmendMeeting.name, in: fund, own)),
            (say("committee.attach"), actionAddress(AttachPaper.name, in: fund, own)),
        ]
        if meeting.kind == .meeting, isCounted { others.append(attendance) }
        if model.slate == nil { others.append((say("committee.propose-slate"), actionAddress(ProposeSlate.name, in: fund, own))) }
        if open != nil || !isCounted { others.append(close) }
        return .fragment {
            p(.class("actions-line next-step")) { buttonLink(next.0, to: next.1, weight: .primary) }
            p(.class("actions-line other-actions")) { others.map { label, address in a(.href(address)) { label } } }
        }
    }

    private func seats(_ model: MeetingOnDesk) -> [(String, String)] {
        model.committee.seats.enumerated().flatMap { index, held -> [(String, String)] in
            let part = model.meeting.attendance[held.id]?.part ?? (held.member == nil ? .absent : .member)
            return [("seats.\(index + 1).seat", held.id), ("seats.\(index + 1).part", part.rawValue)]
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

    /// Who is there, seat by seat; the seats of which nobody is there in a line.
    private func attendance(_ model: MeetingOnDesk) -> Markup {
        guard !model.meeting.attendance.isEmpty else { return p(.class("dim")) { say("committee.attendance.none") } }
        func part(_ held: HeldSeat) -> CommitteeMeeting.Attendance.Part { model.meeting.attendance[held.id]?.part ?? .absent }
        let there = model.committee.seats.filter { part($0) != .absent }
        let absent = model.committee.seats.filter { part($0) == .absent }.map { model.committee.terms.committee.name(of: $0.seat) }
        return .fragment {
            RecordTable(
                caption: say("committee.attendance"),
                columns: [
                    .init(label: say("committee.column.seat"), isName: true), .init(label: say("committee.column.there")),
                    .init(label: say("column.person")),
                ],
                rows: there.map { held in
                    [
                        seatName(held.seat, model.committee), .text(say(SentenceKey("committee.part.\(part(held).rawValue)"))),
                        .text(model.meeting.attendance[held.id]?.person.map { personName($0, model.committee) } ?? ""),
                    ]
                }
            ).markup()
            if !absent.isEmpty {
                p(.class("dim")) { say("committee.attendance.absent", ["seats": .text(absent.joined(separator: say("list.separator")))]) }
            }
        }
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

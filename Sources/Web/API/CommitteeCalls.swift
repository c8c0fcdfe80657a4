internal import HTML
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import PooledFund

/// Answers programs that read what the committee has before it, and who assesses what: each reader is given what the pages give them.
extension ActionCalls {
    /// `GET /api/v1/funds/{fund}/meetings` and `…/meetings/{id}`.
    func meetings(_ fund: String, _ id: String?, _ request: Request) async throws -> Response {
        try await reading(request, fund) { reader, now in
            guard let id else {
                guard let committee = try await house.office.committee(of: fund, seenBy: reader, now: now) else { return nil }
                return ["fund": .string(fund), "meetings": .array(committee.meetings.map(MeetingJSON.summary))]
            }
            return try await house.office.meeting(id, of: fund, seenBy: reader, now: now).map { MeetingJSON(model: $0).json }
        }
    }

    /// `GET /api/v1/funds/{fund}/slates` and `…/slates/{id}`.
    func slates(_ fund: String, _ id: String?, _ request: Request) async throws -> Response {
        try await reading(request, fund) { reader, now in
            guard let found = try await house.office.slates(of: fund, seenBy: reader, now: now) else { return nil }
            guard let id else {
                return ["fund": .string(fund), "slates": .array(found.slates.map { SlateJSON(view: $0).summary })]
            }
            return found.slates.first { $0.slate.id == id }.map { SlateJSON(view: $0).json }
        }
    }

    /// `GET /api/v1/funds/{fund}/assessments`: those of all for the secretariat and auditors, their own for a reviewer.
    func assessments(_ fund: String, _ request: Request) async throws -> Response {
        try await reading(request, fund) { reader, now in
            if let board = try await house.office.assessmentBoard(seenBy: reader, in: fund, now: now) {
                var assessments: [JSON] = []
                for row in board.rows {
                    guard let model = try await house.office.assessment(of: row.id, seenBy: reader, in: fund) else { continue }
                    assessments.append(AssessmentJSON(model: model).json)
                }
                return ["fund": .string(fund), "assessments": .array(assessments)]
            }
            guard let own = try await house.office.ownAssessments(of: reader, in: fund) else { return nil }
            var assessments: [JSON] = []
            for item in own.items {
                guard let model = try await house.office.assessment(of: item.id, seenBy: reader, in: fund) else { continue }
                assessments.append(AssessmentJSON(model: model).json)
            }
            return ["fund": .string(fund), "assessments": .array(assessments)]
        }
    }

    /// - Parameter answer: nil for what there is not, or not for the reader: they learn no more than that.
    private func reading(
        _ request: Request, _ fund: String, _ answer: (SignedInPerson, Instant) async throws -> JSON?
    ) async throws -> Response {
        do {
            let reader = try await person(asking: request, fund, isReading: true)
            let now = house.clock()
            guard let json = try await available({ try await answer(reader, now) }) else {
                throw Problem(.notFound, house.say("action.problem.nothing-to-read"))
            }
            return response(.ok, "application/json", json)
        } catch let problem as Problem {
            return response(to: problem)
        }
    }
}

/// A meeting as JSON, of which its reader sees no more than on its page: of an item that they leave, that it is there.
private struct MeetingJSON {
    let model: MeetingOnDesk

    static func summary(_ meeting: CommitteeMeeting) -> JSON { .object(head(meeting)) }

    private static func head(_ meeting: CommitteeMeeting) -> [JSON.Member] {
        let members: [(String, JSON)] = [
            ("id", .string(meeting.id)), ("kind", .string(meeting.kind.rawValue)), ("title", .string(meeting.title)),
            ("heldOn", .date(meeting.heldOn)), ("place", .text(meeting.place.isEmpty ? nil : meeting.place)),
            ("closesAt", .text(meeting.closesAt?.description)), ("isClosed", .boolean(meeting.isClosed)),
            ("itemCount", .integer(meeting.items.count)),
        ]
        return members.map { JSON.Member(name: $0, value: $1) }
    }

    var json: JSON {
        let meeting = model.meeting
        let members: [(String, JSON)] = [
            ("note", .string(meeting.note)), ("closure", .text(meeting.closure)), ("slate", .text(model.slate)),
            ("quorum", .array(model.quorum.map(quorum))),
            (
                "attendance",
                .array(
                    meeting.attendance.sorted { $0.key < $1.key }.map { seat, seated in
                        ["seat": .string(seat), "part": .string(seated.part.rawValue), "person": .text(seated.person)]
                    })
            ), ("papers", .array(meeting.papers.filter { $0.proposal == nil }.map(paper))), ("items", .array(model.items.map(item))),
        ]
        return .object(Self.head(meeting) + members.map { JSON.Member(name: $0, value: $1) })
    }

    private func quorum(_ finding: QuorumFinding) -> JSON {
        [
            "constituency": .text(finding.rule.constituency), "atLeast": .integer(finding.rule.atLeast),
            "present": .integer(finding.present), "isMet": .boolean(finding.isMet),
        ]
    }

    private func paper(_ paper: CommitteeMeeting.Paper) -> JSON {
        [
            "id": .string(paper.id), "title": .string(paper.title), "mediaType": .string(paper.mediaType), "size": .integer(paper.size),
            "sha256": .string(hexadecimal(paper.digest)),
        ]
    }

    private func item(_ item: MeetingOnDesk.Item) -> JSON {
        [
            "proposal": .string(item.id), "title": .string(item.version.facts.title), "document": .string(item.item.document.rawValue),
            "version": .integer(item.item.version), "digest": .string(hexadecimal(item.version.contentDigest)),
            "stage": .string(item.proposal.stage.rawValue), "isLeft": .boolean(item.isLeft), "quorum": .array(item.quorum.map(quorum)),
            "seats": .array(item.standings.map { seat($0, of: item) }),
            "score": item.score.map(JSON.integer) ?? .null,
            "proposed": .array(
                item.proposed.map { ["organization": .string($0.organization), "amount": .money($0.amount)] }),
            "papers": .array(item.papers.map(paper)),
            "answers": .array(
                item.answers.map {
                    [
                        "seat": .string($0.seat), "person": .string($0.person), "answer": .string($0.answer.rawValue),
                        "reason": .string($0.reason), "givenAt": .string($0.givenAt.description),
                    ]
                }),
            "comments": .array(
                item.comments.map {
                    [
                        "id": .string($0.id), "author": .string($0.author), "remark": .string($0.remark),
                        "writtenAt": .string($0.writtenAt.description),
                    ]
                }), "decision": item.decision.map(decision) ?? .null,
        ]
    }

    private func seat(_ standing: SeatStanding, of item: MeetingOnDesk.Item) -> JSON {
        let seesDeclared = !item.isLeft || standing.id == item.own?.id
        return [
            "seat": .string(standing.id), "person": .text(standing.holding?.person),
            "interests": .list(standing.interests.map(\.rawValue)), "declared": .text(seesDeclared ? standing.declared : nil),
            "consequence": .text(standing.consequence?.rawValue), "isCounted": .boolean(standing.isCounted),
        ]
    }

    private func decision(_ decision: CommitteeDecision) -> JSON {
        [
            "outcome": .string(decision.outcome.rawValue), "takenBy": .string(decision.takenBy.rawValue),
            "basis": .text(decision.basis?.rawValue), "agreement": .text(decision.agreement.isEmpty ? nil : decision.agreement),
            "rationale": .string(decision.rationale), "recordedAt": .string(decision.recordedAt.description),
            "amounts": .array(
                decision.amounts.map { ["organization": .string($0.organization), "amount": .money($0.amount)] }),
            "conditions": .array(
                decision.conditions.map {
                    ["condition": .string($0.condition), "owner": .string($0.owner), "due": .date($0.due)]
                }),
            "parts": .array(
                decision.parts.map { ["seat": .string($0.seat), "part": .string($0.part.rawValue), "reason": .string($0.reason)] }),
        ]
    }
}

/// A selection as JSON, with the figures of its page; what its reader leaves is in none of them.
private struct SlateJSON {
    let view: SlateView

    var summary: JSON { .object(head) }
    var json: JSON { .object(head + figures) }

    private var head: [JSON.Member] {
        let members: [(String, JSON)] = [
            ("id", .string(view.slate.id)), ("title", .string(view.slate.title)), ("author", .string(view.slate.author)),
            ("savedAt", .string(view.slate.savedAt.description)), ("proposalCount", .integer(view.entries.count)),
            ("leftOut", .integer(view.leftOut)), ("approvedSince", .integer(view.approvedSince)),
            ("total", .money(view.total)), ("remaining", .money(view.remaining)),
        ]
        return members.map { JSON.Member(name: $0, value: $1) }
    }

    private var figures: [JSON.Member] {
        let members: [(String, JSON)] = [
            ("note", .string(view.slate.note)), ("available", .money(view.cash?.available)), ("agreed", .money(try? view.cash?.agreed())),
            (
                "entries",
                .array(
                    view.entries.map { entry in
                        [
                            "proposal": .string(entry.id), "title": .string(entry.version.facts.title), "amount": .money(entry.amount),
                            "amounts": .array(
                                view.slate.amounts.filter { $0.proposal == entry.id }.map {
                                    ["organization": .string($0.organization), "amount": .money($0.amount)]
                                }), "score": entry.score.map(JSON.integer) ?? .null,
                        ]
                    })
            ), ("meanScore", view.meanScore.map(JSON.integer) ?? .null),
            (
                "organizations",
                .array(view.organizations.map { ["organization": .string($0.organization), "amount": .money($0.amount)] })
            ), ("withLocalAuthorities", .money(view.withLocalAuthorities)),
            ("newObjectives", .array(view.newObjectives.map(JSON.integer))),
            (
                "earmarks",
                .array(
                    view.earmarks.map {
                        [
                            "earmark": .string($0.id), "asked": .money($0.earmark.amount), "amount": .money($0.amount),
                            "isRespected": .boolean($0.isRespected),
                        ]
                    })
            ), ("before", portfolio(view.before)), ("after", portfolio(view.after)),
        ]
        return members.map { JSON.Member(name: $0, value: $1) }
    }

    /// Only what has money; the page shows the rest as a dash.
    private func portfolio(_ portfolio: Portfolio) -> JSON {
        let cells = portfolio.cells.filter { !$0.value.isZero }.sorted {
            ($0.key.area ?? .max, $0.key.region ?? "~") < ($1.key.area ?? .max, $1.key.region ?? "~")
        }
        return [
            "total": .money(portfolio.total), "objectives": .array(portfolio.objectives.sorted().map(JSON.integer)),
            "evennessOfAreas": .text(portfolio.evennessOfAreas.map { thousandthsText($0.value) }),
            "evennessOfRegions": .text(portfolio.evennessOfRegions.map { thousandthsText($0.value) }),
            "cells": .array(
                cells.map { cell, amount in
                    ["area": cell.area.map(JSON.integer) ?? .null, "region": .text(cell.region), "amount": .money(amount)]
                }),
        ]
    }
}

/// An assessment as JSON, of which its reader sees no more than on its page: a reviewer those of others once it is concluded.
private struct AssessmentJSON {
    let model: AssessmentOnDesk

    var json: JSON {
        [
            "proposal": .string(model.proposal.code), "document": .string(model.document.rawValue),
            "version": .integer(model.version.number), "title": .string(model.version.facts.title),
            "stage": .string(model.proposal.stage.rawValue),
            "assignments": .array(
                model.assignments.map {
                    [
                        "reviewer": .string($0.reviewer), "state": .string($0.state.rawValue), "dueOn": .date($0.dueOn),
                        "reason": .text($0.reason.isEmpty ? nil : $0.reason),
                    ]
                }), "own": model.own.map(own) ?? .null, "readings": .array(model.readings.map(reading)),
            "conclusion": model.conclusion.map(conclusion) ?? .null,
        ]
    }

    private func own(_ own: AssessmentOnDesk.Own) -> JSON {
        [
            "dueOn": .date(own.assignment.dueOn), "sealedAt": .text(own.sealed?.sealedAt.description),
            "draft": own.draft.map { draft in
                [
                    "revision": .integer(draft.revision), "remark": .string(draft.remark),
                    "scores": .array(
                        draft.scores.sorted { $0.key < $1.key }.map { criterion, given in
                            [
                                "criterion": .string(criterion), "score": given.score.map(JSON.integer) ?? .null,
                                "justification": .string(given.justification),
                            ]
                        }),
                ]
            } ?? .null,
        ]
    }

    private func reading(_ reading: AssessmentOnDesk.Reading) -> JSON {
        [
            "number": .integer(reading.number), "reviewer": .text(reading.reviewer), "hundredths": .integer(reading.total),
            "sealedAt": .string(reading.assessment.sealedAt.description), "remark": .string(reading.assessment.remark),
            "scores": .array(
                reading.assessment.scores.sorted { $0.key < $1.key }.map { criterion, given in
                    [
                        "criterion": .string(criterion), "score": .integer(given.score), "justification": .string(given.justification),
                    ]
                }),
        ]
    }

    private func conclusion(_ conclusion: FinalAssessment) -> JSON {
        [
            "hundredths": .integer(conclusion.score.hundredths), "threshold": .integer(conclusion.threshold),
            "isAboveThreshold": .boolean(conclusion.score.isAboveThreshold), "spread": .integer(conclusion.spread),
            "isModerated": .boolean(conclusion.isModerated), "reason": .text(conclusion.reason.isEmpty ? nil : conclusion.reason),
            "concludedAt": .string(conclusion.concludedAt.description),
        ]
    }
}

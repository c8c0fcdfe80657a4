internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

/// An item of an agenda: what is decided on, by whom, what is said of it, and what was decided.
struct MeetingItemMarkup {
    let context: WorkspaceContext
    let model: MeetingOnDesk
    let item: MeetingOnDesk.Item

    private var say: Catalogue { context.say }
    private var fund: String { model.committee.fund }
    private var isOpen: Bool { !model.meeting.isClosed && item.decision == nil }
    private var own: [(String, String)] { [("meeting", model.meeting.id), ("proposal", item.id)] }

    func markup() -> Markup {
        workspaceBlock(item.version.facts.title, id: "item-\(item.id)", note: note) {
            if item.isLeft { p(.class("notice")) { say("committee.item.left") } }
            if let decision = item.decision, !item.isLeft { decided(decision) }
            facts
            standings
            if !item.isLeft {
                if !item.papers.isEmpty { context.paperList(item.papers, model) }
                answers
                deliberation
            }
            buttons
        }
    }

    /// Who may take part in an item is said where they are not those who are there.
    private var note: Markup {
        .fragment {
            if let decision = item.decision {
                span(.class("status outcome-\(decision.outcome.rawValue)")) {
                    say(SentenceKey("committee.outcome.\(decision.outcome.rawValue)"))
                }
            } else if item.quorum != model.quorum {
                context.quorumNote(item.quorum)
            }
        }
    }

    private var facts: Markup {
        let facts = item.version.facts
        let terms = model.committee.terms
        return factList(
            [
                (say("committee.column.proposal"), .text(item.id)),
                (say("committee.column.document"), .text(context.documentName(item.version))),
                (say("committee.digest"), code(.class("digest")) { hexadecimal(item.version.contentDigest) }),
                (say("committee.column.asked"), context.budget(of: item.version, model.committee)),
                (say("committee.column.area"), .text(terms.thematicArea(facts.thematicArea)?.name ?? "")),
                (
                    say("committee.column.regions"),
                    .text(facts.regions.compactMap { terms.region($0)?.name }.joined(separator: say("list.separator")))
                ),
                (
                    say("committee.column.organizations"),
                    .text(item.proposal.organizations.map(model.committee.names.party).joined(separator: say("list.separator")))
                ),
                (say("committee.column.authorities"), .text(facts.localAuthorities.joined(separator: say("list.separator")))),
                (say("committee.column.score"), .text(item.score.map { context.score($0) } ?? "")),
            ], isCompact: true)
    }

    // MARK: Interests

    @MarkupBuilder private var standings: Markup {
        let concerned = item.standings.filter { $0.consequence != nil }
        if let consequence = item.own?.consequence, !item.isLeft {
            p(.class("notice")) { say(SentenceKey("committee.own.\(consequence.rawValue)")) }
        }
        if !concerned.isEmpty {
            h3 { say("committee.interests") }
            RecordTable(
                caption: say("committee.interests"),
                columns: [
                    .init(label: say("committee.column.seat"), isName: true), .init(label: say("committee.column.interest")),
                    .init(label: say("committee.column.consequence")),
                ],
                rows: concerned.map { standing in
                    [
                        context.seatName(standing.seat, model.committee),
                        .fragment {
                            standing.interests.map { say(SentenceKey("committee.interest.\($0.rawValue)")) }.joined(
                                separator: say("committee.quorum.and"))
                            if !standing.declared.isEmpty, !item.isLeft || standing.seat.id == item.own?.seat.id {
                                span(.class("memo")) { standing.declared }
                            }
                        },
                        .text(standing.consequence.map { say(SentenceKey("committee.consequence.\($0.rawValue)")) } ?? ""),
                    ]
                }
            ).markup()
        }
    }

    // MARK: What is said

    @MarkupBuilder private var answers: Markup {
        if !item.answers.isEmpty {
            h3 { say("committee.answers") }
            RecordTable(
                caption: say("committee.answers"),
                columns: [
                    .init(label: say("committee.column.seat"), isName: true), .init(label: say("committee.column.answer")),
                    .init(label: say("committee.column.reason")),
                ],
                rows: item.answers.map { answer in
                    [
                        .fragment {
                            model.committee.terms.committee.seatName(answer.seat)
                            span(.class("memo")) { context.personName(answer.person, model.committee) }
                        },
                        .text(say(SentenceKey("committee.answer.\(answer.answer.rawValue)"))), .text(answer.reason),
                    ]
                }
            ).markup()
        }
    }

    private var deliberation: Markup {
        .fragment {
            if !item.comments.isEmpty {
                h3 { say("committee.deliberation") }
                ul(.class("comments")) {
                    item.comments.map { comment in
                        li {
                            p(.class("memo")) {
                                context.personName(comment.author, model.committee)
                                " · "
                                context.moment(comment.writtenAt, model.committee.days)
                            }
                            p(.class("lines")) { comment.remark }
                        }
                    }
                }
            }
            if model.committee.reader.acts, !model.meeting.isClosed, model.committee.reader.isMember || model.committee.reader.isOfficer {
                Markup.fragment {
                    details {
                        summary { say("committee.comment") }
                        inlineCommentForm
                    }
                }
            }
        }
    }

    private var inlineCommentForm: Markup {
        // Each form of the page has fields of its own: what they are called must differ, their ids with them.
        form(.class("form"), .method(.post), .action(WorkspaceContext.address(.action(fund: fund, CommentItem.name)))) {
            div(.class("field")) {
                label(.for("remark-\(item.id)")) { say("committee.comment.label") }
                textarea(.id("remark-\(item.id)"), .name("remark"), .rows(4)) {}
            }
            (own + [(ActionForm.key, context.uuid()), (ActionForm.step, ActionForm.Step.perform.rawValue)]).map { name, value in
                input(.type("hidden"), .name(name), .value(value))
            }
            div(.class("buttons")) { FormButton(label: say("committee.comment.send"), weight: .secondary).markup() }
        }
    }

    // MARK: The decision

    private func decided(_ decision: CommitteeDecision) -> Markup {
        .fragment {
            factList(
                [
                    (say("committee.column.decision"), .text(say(SentenceKey("committee.outcome.\(decision.outcome.rawValue)")))),
                    (say("committee.taken-by"), .text(say(SentenceKey("committee.taken.\(decision.takenBy.rawValue)")))),
                    (say("committee.recorded"), context.moment(decision.recordedAt, model.committee.days)),
                    (say("committee.basis"), .text(basis(decision))),
                    (say("committee.rationale"), p(.class("lines")) { decision.rationale }),
                ], isCompact: true)
            if !decision.amounts.isEmpty {
                h3 { say("committee.amounts") }
                amountTable(decision)
            }
            if !decision.conditions.isEmpty {
                h3 { say("committee.conditions") }
                conditionTable(decision)
            }
            if !decision.parts.isEmpty {
                h3 { say("committee.parts") }
                partTable(decision)
            }
        }
    }

    private func basis(_ decision: CommitteeDecision) -> String {
        switch decision.basis {
        case .cash: say("committee.basis.cash")
        case .agreement: say("committee.basis.agreement", ["agreement": .text(decision.agreement)])
        case nil: ""
        }
    }

    private func amountTable(_ decision: CommitteeDecision) -> Markup {
        let currency = model.committee.terms.currency
        return RecordTable(
            caption: say("committee.amounts"),
            columns: [
                .init(label: say("committee.column.organization"), isName: true),
                .init(label: say("committee.column.amount"), isNumber: true),
            ],
            rows: decision.amounts.map { [.text(model.committee.names.party($0.organization)), .text(context.wording.money($0.amount))] },
            total: (try? decision.total(in: currency)).map { [.text(say("total")), .text(context.wording.money($0))] }
        ).markup()
    }

    private func conditionTable(_ decision: CommitteeDecision) -> Markup {
        RecordTable(
            caption: say("committee.conditions"),
            columns: [
                .init(label: say("committee.column.condition"), isName: true), .init(label: say("committee.column.owner")),
                .init(label: say("committee.column.due")),
            ],
            rows: decision.conditions.map { [.text($0.condition), .text($0.owner), $0.due.map(context.date) ?? .empty] }
        ).markup()
    }

    private func partTable(_ decision: CommitteeDecision) -> Markup {
        RecordTable(
            caption: say("committee.parts"),
            columns: [
                .init(label: say("committee.column.seat"), isName: true), .init(label: say("committee.column.consequence")),
            ],
            rows: decision.parts.map { part in
                [
                    .text(model.committee.terms.committee.seatName(part.seat)),
                    .text(say(SentenceKey("committee.took.\(part.part.rawValue)"))),
                ]
            }
        ).markup()
    }

    // MARK: What may be done

    @MarkupBuilder private var buttons: Markup {
        if isOpen, model.committee.reader.acts {
            p(.class("actions-line")) {
                if model.committee.reader.isMember, !item.isLeft, item.own?.seat.part.decides ?? false {
                    buttonLink(say("committee.answer"), to: context.actionAddress(AnswerItem.name, in: fund, own), weight: .primary)
                    " "
                }
                if model.committee.reader.isMember {
                    buttonLink(
                        say("committee.declare"), to: context.actionAddress(DeclareInterest.name, in: fund, [("proposal", item.id)]))
                    " "
                }
                if model.committee.reader.isOfficer {
                    buttonLink(say("committee.decide"), to: decisionAddress, weight: isNext ? .primary : .secondary)
                    " "
                    buttonLink(say("committee.answer-for"), to: context.actionAddress(AnswerItem.name, in: fund, own))
                }
            }
        }
    }

    /// Whether it is the first of the agenda that is not decided.
    private var isNext: Bool { model.items.first { $0.decision == nil }?.id == item.id }

    private var decisionAddress: Address {
        let amounts =
            item.proposed.isEmpty
            ? item.version.facts.amounts : item.proposed.map { .init(organization: $0.organization, amount: $0.amount) }
        let shown = item.item.document == .jointProgrammeDocument ? amounts : []
        let fields = shown.prefix(20).enumerated().flatMap { index, amount in
            [
                ("amounts.\(index + 1).organization", amount.organization), ("amounts.\(index + 1).amount", amount.amount.plainDecimal),
            ]
        }
        return context.actionAddress(
            RecordDecision.name, in: fund, own + [("digest", hexadecimal(item.version.contentDigest))] + fields)
    }
}

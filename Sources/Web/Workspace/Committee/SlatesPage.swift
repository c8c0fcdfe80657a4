internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    typealias Slates = (committee: CommitteeOnDesk, slates: [SlateView], candidates: [SlateView.Entry])

    func slatesOfFund(_ fund: String) async throws -> Slates {
        guard let slates = try await office.slates(of: fund, seenBy: visitor, now: now) else { throw Failure.notFound }
        return slates
    }

    /// Of full marks.
    func score(_ hundredths: Int) -> String {
        guard let share = try? Ratio(numerator: Int64(hundredths), denominator: 10_000) else { return "" }
        return wording.share(share, places: 2)
    }

    /// The selections that were saved, and a form for another.
    func slatesPage(_ fund: String) async throws -> WorkspacePage {
        let slates = try await slatesOfFund(fund)
        return WorkspacePage(
            title: say("committee.slates.title"), lead: .text(say("committee.slates.lead")), notice: doneNotice(in: fund),
            content: .fragment {
                p(.class("actions-line")) {
                    buttonLink(say("suggestions.title"), to: Self.address(.committee(fund: fund, .suggestions)))
                }
                workspaceBlock(say("committee.slates.saved")) { slateTable(slates) }
                if slates.slates.count > 1 { workspaceBlock(say("committee.slates.compare")) { comparisonForm(slates, nil, nil) } }
                workspaceBlock(say("committee.money"), note: .text(say("committee.money.note"))) { moneyFacts(slates.committee) }
                if slates.committee.reader.acts, slates.committee.reader.isOfficer || slates.committee.reader.isMember {
                    workspaceBlock(say("committee.slates.new"), note: .text(say("committee.slates.new.note"))) { newSlateForm(slates) }
                }
                if !slates.committee.earmarks.isEmpty {
                    workspaceBlock(say("committee.earmarks"), note: .text(say("committee.earmarks.note"))) {
                        earmarkTable(slates.committee)
                    }
                }
            })
    }

    private func slateTable(_ slates: Slates) -> Markup {
        guard !slates.slates.isEmpty else { return p(.class("dim")) { say("committee.slates.none") } }
        let columns: [RecordTable.Column] = [
            .init(label: say("committee.column.slate"), isName: true), .init(label: say("committee.column.proposals"), isNumber: true),
            .init(label: say("committee.column.total"), isNumber: true), .init(label: say("committee.column.remaining"), isNumber: true),
            .init(label: say("committee.column.evenness-areas"), isNumber: true),
            .init(label: say("committee.column.evenness-regions"), isNumber: true),
        ]
        return RecordTable(
            caption: say("committee.slates.saved"), columns: columns,
            rows: slates.slates.map { view in
                [
                    .fragment {
                        committeeLink(.slate(view.slate.id), slates.committee.fund, view.slate.title)
                        span(.class("memo")) { author(of: view.slate, slates.committee) }
                    },
                    .text(wording.integer(view.entries.count)), .text(wording.money(view.total)),
                    .text(view.remaining.map(wording.money) ?? say("figure.none")),
                    .text(evenness(view.after.evennessOfAreas)), .text(evenness(view.after.evennessOfRegions)),
                ]
            }
        ).markup()
    }

    func author(of slate: Slate, _ committee: CommitteeOnDesk) -> String {
        say(
            "committee.slate.by",
            ["name": .text(personName(slate.author, committee)), "date": .text(wording.date(committee.days.day(of: slate.savedAt)))])
    }

    func evenness(_ evenness: Evenness?) -> String { evennessText(evenness?.value) }

    /// Three decimals: the amounts that it is made of are estimates.
    func evennessText(_ value: Double?) -> String {
        value.map(thousandthsText) ?? say("figure.none")
    }

    func comparisonForm(_ slates: Slates, _ left: String?, _ right: String?) -> Markup {
        func field(_ name: String, _ chosen: String?) -> Markup {
            div(.class("field")) {
                label(.for("compare-\(name)")) { say(SentenceKey("committee.compare.\(name)")) }
                select(.id("compare-\(name)"), .name(name)) {
                    slates.slates.map { view in option(.value(view.slate.id), .selected(view.slate.id == chosen)) { view.slate.title } }
                }
            }
        }
        return form(
            .class("filter"), .method(.get), .action(Self.address(.committee(fund: slates.committee.fund, .comparison)))
        ) {
            field("left", left ?? slates.slates.first?.slate.id)
            field("right", right ?? slates.slates.dropFirst().first?.slate.id)
            div(.class("actions")) { button(.type("submit")) { say("committee.slates.compare-them") } }
        }
    }

    /// Every proposal that can be selected with a box, as a table: what is ticked comes with what it asks for.
    private func newSlateForm(_ slates: Slates) -> Markup {
        let committee = slates.committee
        guard !slates.candidates.isEmpty else { return p(.class("dim")) { say("committee.slates.no-candidates") } }
        return form(.class("form"), .method(.post), .action(Self.address(.action(fund: committee.fund, SaveSlate.name)))) {
            FieldMarkup(FormField("code", label: say("action.field.code"), help: say("action.help.code"), kind: .text(), limit: 80), say)
                .markup()
            FieldMarkup(FormField("title", label: say("action.field.title"), kind: .text(), limit: 200), say).markup()
            RecordTable(
                caption: say("committee.slates.candidates"),
                columns: [
                    .init(label: say("committee.column.proposal"), isName: true), .init(label: say("committee.column.area")),
                    .init(label: say("committee.column.asked"), isNumber: true),
                    .init(label: say("committee.column.score"), isNumber: true),
                ],
                rows: slates.candidates.enumerated().map { index, entry in
                    [
                        .fragment {
                            input(
                                .type("checkbox"), .id("pick-\(index + 1)"), .name("entries.\(index + 1).proposal"),
                                .value(entry.id))
                            " "
                            label(.for("pick-\(index + 1)")) { entry.version.facts.title }
                            span(.class("memo")) { entry.id }
                        },
                        .text(committee.terms.thematicArea(entry.version.facts.thematicArea)?.shortName ?? ""),
                        .text(wording.money(entry.amount)), .text(entry.score.map(score) ?? ""),
                    ]
                }
            ).markup()
            [(ActionForm.key, uuid()), (ActionForm.step, ActionForm.Step.perform.rawValue)].map { name, value in
                input(.type("hidden"), .name(name), .value(value))
            }
            div(.class("buttons")) { FormButton(label: say("committee.slates.save")).markup() }
        }
    }

    private func earmarkTable(_ committee: CommitteeOnDesk) -> Markup {
        RecordTable(
            caption: say("committee.earmarks"),
            columns: [
                .init(label: say("committee.column.contributor"), isName: true), .init(label: say("committee.column.wish")),
                .init(label: say("committee.column.amount"), isNumber: true),
            ],
            rows: committee.earmarks.map {
                [
                    .text(committee.names.party($0.contributor)), .text(target($0.target, committee.terms)),
                    .text(wording.money($0.amount)),
                ]
            }
        ).markup()
    }

    func target(_ target: EarmarkTarget, _ terms: Terms) -> String {
        switch target {
        case .area(let number): terms.thematicArea(number)?.name ?? String(number)
        case .region(let id): terms.region(id)?.name ?? id
        }
    }
}

/// From 0 to 1 with three decimals: `0.843`.
func thousandthsText(_ value: Double) -> String {
    let thousandths = Int((value * 1_000).rounded())
    let digits = String(thousandths % 1_000)
    return "\(thousandths / 1_000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
}

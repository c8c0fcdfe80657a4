internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// What a selection would mean: the money, the areas and regions before and after, whom it serves.
    func slatePage(_ id: String, _ fund: String) async throws -> WorkspacePage {
        let slates = try await slatesOfFund(fund)
        guard let view = slates.slates.first(where: { $0.slate.id == id }) else { throw Failure.notFound }
        let committee = slates.committee
        return WorkspacePage(
            title: view.slate.title, lead: .text(author(of: view.slate, committee)), notice: doneNotice(in: fund),
            content: .fragment {
                if committee.reader.acts { slateButtons(view, committee) }
                if !view.slate.note.isEmpty { p(.class("lines")) { view.slate.note } }
                workspaceBlock(say("committee.slate.money"), note: .text(say("committee.money.note"))) { slateMoney(view) }
                workspaceBlock(say("committee.slate.entries")) { entryTable(view, committee) }
                workspaceBlock(say("committee.slate.spread"), note: .text(say("committee.slate.spread.note"))) {
                    SlateSpread(context: self, terms: committee.terms, before: view.before, after: view.after).markup()
                }
                workspaceBlock(say("committee.slate.serves")) { served(view, committee) }
                if !view.earmarks.isEmpty {
                    workspaceBlock(say("committee.earmarks"), note: .text(say("committee.earmarks.note"))) { earmarks(view, committee) }
                }
            })
    }

    private func slateButtons(_ view: SlateView, _ committee: CommitteeOnDesk) -> Markup {
        let amounts = view.slate.amounts.prefix(60).enumerated().flatMap { index, amount in
            [
                ("entries.\(index + 1).proposal", amount.proposal), ("entries.\(index + 1).organization", amount.organization),
                ("entries.\(index + 1).amount", amount.amount.plainDecimal),
            ]
        }
        let own = [("code", view.slate.id), ("title", view.slate.title), ("note", view.slate.note)]
        return p(.class("actions-line")) {
            if view.slate.author == visitor.id {
                buttonLink(say("committee.slate.change"), to: actionAddress(SaveSlate.name, in: committee.fund, own + amounts))
                " "
            }
            if committee.reader.isOfficer || committee.reader.isMember {
                buttonLink(
                    say("committee.propose-slate"), to: actionAddress(ProposeSlate.name, in: committee.fund, [("slate", view.slate.id)]),
                    weight: .primary)
            }
        }
    }

    private func slateMoney(_ view: SlateView) -> Markup {
        var facts: [(String, Markup)] = [(say("committee.column.total"), .text(wording.money(view.total)))]
        if let cash = view.cash {
            facts.insert((say("committee.money.available"), .text(wording.money(cash.available))), at: 0)
            facts.append((say("committee.column.remaining"), strong { view.remaining.map(wording.money) ?? "" }))
            facts.append((say("committee.money.agreed"), .text((try? cash.agreed()).map(wording.money) ?? "")))
        }
        return .fragment {
            factList(facts)
            if view.cash == nil { p(.class("dim")) { say("committee.money.none") } }
            if view.remaining?.isNegative ?? false { p(.class("notice")) { say("committee.slate.beyond") } }
        }
    }

    private func entryTable(_ view: SlateView, _ committee: CommitteeOnDesk) -> Markup {
        let mean = view.meanScore.map { say("committee.slate.mean", ["score": .text(score($0))]) }
        return .fragment {
            RecordTable(
                caption: say("committee.slate.entries"),
                columns: [
                    .init(label: say("committee.column.proposal"), isName: true), .init(label: say("committee.column.area")),
                    .init(label: say("committee.column.amount"), isNumber: true),
                    .init(label: say("committee.column.score"), isNumber: true),
                ],
                rows: view.entries.map { entry in
                    [
                        proposalName(entry.proposal, entry.version),
                        .text(committee.terms.thematicArea(entry.version.facts.thematicArea)?.shortName ?? ""),
                        .text(wording.money(entry.amount)), .text(entry.score.map(score) ?? ""),
                    ]
                },
                total: [.text(say("total")), .empty, .text(wording.money(view.total)), .empty]
            ).markup()
            if let mean { p { mean } }
            if view.leftOut > 0 { p(.class("dim")) { say("committee.slate.left-out", ["count": .number(view.leftOut)]) } }
            if view.approvedSince > 0 {
                p(.class("dim")) { say("committee.slate.approved-since", ["count": .number(view.approvedSince)]) }
            }
        }
    }

    private func served(_ view: SlateView, _ committee: CommitteeOnDesk) -> Markup {
        .fragment {
            factList([
                (
                    say("committee.slate.new-objectives"),
                    .text(
                        view.newObjectives.isEmpty
                            ? say("committee.slate.no-new-objectives")
                            : view.newObjectives.compactMap { number in
                                committee.terms.objective(number).map { "\(number) \($0.title)" }
                            }.joined(separator: say("list.separator")))
                ),
                (say("committee.slate.authorities"), .text(wording.money(view.withLocalAuthorities))),
            ])
            RecordTable(
                caption: say("committee.column.organizations"),
                columns: [
                    .init(label: say("committee.column.organization"), isName: true),
                    .init(label: say("committee.column.amount"), isNumber: true),
                ],
                rows: view.organizations.map { [.text(committee.names.party($0.organization)), .text(wording.money($0.amount))] }
            ).markup()
        }
    }

    private func earmarks(_ view: SlateView, _ committee: CommitteeOnDesk) -> Markup {
        RecordTable(
            caption: say("committee.earmarks"),
            columns: [
                .init(label: say("committee.column.contributor"), isName: true), .init(label: say("committee.column.wish")),
                .init(label: say("committee.column.amount"), isNumber: true), .init(label: say("committee.slate.after"), isNumber: true),
                .init(label: say("committee.column.respected")),
            ],
            rows: view.earmarks.map {
                [
                    .text(committee.names.party($0.earmark.contributor)), .text(target($0.earmark.target, committee.terms)),
                    .text(wording.money($0.earmark.amount)), .text(wording.money($0.amount)),
                    .text(say($0.isRespected ? "committee.respected" : "committee.not-respected")),
                ]
            }
        ).markup()
    }

    // MARK: Two side by side

    func slateComparisonPage(_ fund: String) async throws -> WorkspacePage {
        let slates = try await slatesOfFund(fund)
        func view(_ name: String) throws(Failure) -> SlateView? {
            guard let id = filter(name) else { return nil }
            guard let view = slates.slates.first(where: { $0.slate.id == id }) else { throw .notFound }
            return view
        }
        let (left, right) = (try view("left"), try view("right"))
        return WorkspacePage(
            title: say("committee.slates.compare"), lead: .text(say("committee.compare.lead")),
            content: .fragment {
                if slates.slates.isEmpty {
                    p(.class("dim")) { say("committee.slates.none") }
                } else {
                    comparisonForm(slates, left?.slate.id, right?.slate.id)
                }
                if let left, let right { comparison(left, right, slates.committee) }
            })
    }

    private func comparison(_ left: SlateView, _ right: SlateView, _ committee: CommitteeOnDesk) -> Markup {
        let columns: [RecordTable.Column] = [
            .init(label: say("committee.compare.what"), isName: true), .init(label: left.slate.title, isNumber: true),
            .init(label: right.slate.title, isNumber: true),
        ]
        func row(_ label: String, _ value: (SlateView) -> String) -> [Markup] { [.text(label), .text(value(left)), .text(value(right))] }
        let none = say("figure.none")
        let measures: [[Markup]] = [
            row(say("committee.column.proposals")) { wording.integer($0.entries.count) },
            row(say("committee.column.total")) { wording.money($0.total) },
            row(say("committee.column.remaining")) { $0.remaining.map(wording.money) ?? none },
            row(say("committee.column.evenness-areas")) { evenness($0.after.evennessOfAreas) },
            row(say("committee.column.evenness-regions")) { evenness($0.after.evennessOfRegions) },
            row(say("committee.slate.new-objectives")) { wording.integer($0.newObjectives.count) },
            row(say("committee.column.organizations")) { wording.integer($0.organizations.count) },
            row(say("committee.slate.authorities")) { wording.money($0.withLocalAuthorities) },
            row(say("committee.column.score")) { $0.meanScore.map(score) ?? none },
        ]
        let wishes: [[Markup]] =
            left.earmarks.isEmpty && right.earmarks.isEmpty
            ? []
            : [
                row(say("committee.earmarks.respected")) { view in
                    view.earmarks.isEmpty
                        ? none
                        : say(
                            "committee.earmarks.some",
                            ["count": .number(view.earmarks.count { $0.isRespected }), "all": .number(view.earmarks.count)])
                }
            ]
        func isSomewhere(_ condition: (Portfolio.Cell) -> Bool) -> Bool {
            [left, right].contains { !$0.after.amount(where: condition).isZero }
        }
        let areas = committee.terms.thematicAreas.filter { area in isSomewhere { $0.area == area.number } }.map { area in
            row(area.shortName) { view in wording.money(view.after.amount { $0.area == area.number }) }
        }
        let regions = committee.terms.regions.filter { region in isSomewhere { $0.region == region.id } }.map { region in
            row(region.shortName) { view in wording.money(view.after.amount { $0.region == region.id }) }
        }
        let proposals = Set(left.slate.proposals).union(right.slate.proposals).sorted().map { code in
            let title = (left.entries + right.entries).first { $0.id == code }?.version.facts.title
            return row(title ?? code) { view in view.entries.first { $0.id == code }.map { wording.money($0.amount) } ?? "" }
        }
        return .fragment {
            workspaceBlock(say("committee.compare.measures")) {
                RecordTable(caption: say("committee.compare.measures"), columns: columns, rows: measures + wishes).markup()
            }
            workspaceBlock(say("committee.slate.entries")) {
                RecordTable(caption: say("committee.slate.entries"), columns: columns, rows: proposals).markup()
            }
            if !areas.isEmpty {
                workspaceBlock(say("committee.slate.spread")) {
                    RecordTable(caption: say("committee.compare.areas"), columns: columns, rows: areas).markup()
                    if !regions.isEmpty { RecordTable(caption: say("committee.compare.regions"), columns: columns, rows: regions).markup() }
                }
            }
        }
    }
}

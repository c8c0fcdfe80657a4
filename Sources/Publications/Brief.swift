public import HTML
internal import Ledger
public import PooledFund

/// The fund's brief: what it is, what it funds, what waits for funds, who supports it, as the record has it on a day.
///
/// Its order is that of the leaflet of January 2024. A section about which the fund has nothing to say is left out; what a section
/// needs and the record does not hold is said to be missing.
public struct Brief: Sendable {
    let record: PublicRecord
    let say: Catalogue
    let wording: Wording

    public init(record: PublicRecord, say: Catalogue) {
        self.record = record
        self.say = say
        wording = Wording(say)
    }

    /// The name of the brief, for a file's or a page's title: `Migration MPTF: brief as of 31 January 2024`.
    public var title: String {
        say("brief.document-title", ["fund": .text(record.terms.identity.shortName), "date": .text(date)])
    }

    var date: String { wording.date(record.asOf) }

    /// One of the fund's texts; nil if it has none or an empty one.
    func template(_ name: String) -> TextTemplate? {
        record.texts[name].flatMap { $0.blocks.isEmpty ? nil : $0 }
    }

    /// What the brief says of the fund in figures.
    var keyFigures: [KeyFigure] {
        [
            KeyFigure(figure: record.figure(.contributionsMobilized), note: nil),
            KeyFigure(figure: record.figure(.contributors), note: .including(record.figure(.contributingMemberStates))),
            KeyFigure(figure: record.figure(.programmesOperational), note: stated(by: .programmes).map(KeyFigure.Note.statedInAll)),
            KeyFigure(figure: record.figure(.programmesPipeline), note: stated(by: .pipeline).map(KeyFigure.Note.statedInAll)),
            KeyFigure(figure: record.figure(.thematicAreas), note: .including(record.figure(.objectives))),
            KeyFigure(figure: record.figure(.yearOfLaunch), note: nil),
        ]
    }

    struct KeyFigure {
        let figure: Figure
        let note: Note?

        enum Note {
            /// A figure that belongs to this one.
            case including(Figure)
            /// The record holds a part of what the fund states.
            case statedInAll(PublishedStatement)
        }
    }

    /// What the fund states there to be in all, if that is known by the day and more than the record holds.
    private func stated(by records: Coverage.Records) -> PublishedStatement? {
        guard let statement = record.coverage(of: records)?.stated.flatMap(record.statement),
            statement.asOf.lastDay <= record.asOf.lastDay, !isConfirmedByRecord(statement)
        else { return nil }
        return statement
    }

    /// Programmes of one thematic area; `area` is nil for those whose area is not on record.
    struct Group {
        let area: ThematicArea?
        let programmes: [ProgrammeOnRecord]
    }

    /// Programmes with a status, by thematic area, in the record's order.
    func groups(_ status: ProgrammeStatus) -> [Group] {
        let programmes = record.programmes(ProgrammeFilter(status: .known(status)))
        let areas = record.terms.thematicAreas.map(Optional.some) + [nil]
        return areas.compactMap { area in
            let members = programmes.filter { record.terms.thematicArea($0.programme.thematicArea)?.number == area?.number }
            return members.isEmpty ? nil : Group(area: area, programmes: members)
        }
    }

    /// Whether the public may know that entries of the pipeline are withheld.
    var hasWithheldEntries: Bool { record.withheld.total != 0 }

    /// Whether what a publication states is what the record gives.
    func isConfirmedByRecord(_ statement: PublishedStatement) -> Bool {
        guard let stated = statement.value(in: record.terms.currency) else { return false }
        return record.recorded(statement)?.value == stated
    }

    /// A statement that a text or a key figure repeats and the record does not confirm: it is marked, and explained in the notes.
    func unconfirmedStatement(_ part: TextTemplate.Part) -> PublishedStatement? {
        guard case .stated(let key) = part, let statement = record.statement(key) else { return nil }
        return isConfirmedByRecord(statement) ? nil : statement
    }

    /// The statements to be explained in the notes, in the record's order.
    var statements: [PublishedStatement] {
        var keys = Set(shownTemplates.flatMap(\.parts).compactMap { unconfirmedStatement($0)?.key })
        for case .statedInAll(let statement)? in keyFigures.map(\.note) { keys.insert(statement.key) }
        return record.statements.filter { keys.contains($0.key) }
    }

    /// The texts that the brief uses, in its order.
    var shownTemplates: [TextTemplate] {
        ["context", "fund", "whole-of-government", "what-we-do", "ready-to-do", "support"]
            .filter { $0 != "ready-to-do" || showsPipeline }
            .compactMap(template)
    }

    var showsPipeline: Bool { !groups(.pipeline).isEmpty || hasWithheldEntries }

    var showsSupport: Bool { template("support") != nil || !record.contributions.isEmpty || target != nil }

    var target: Target? { record.terms.target(asOf: record.asOf) }

    /// Where the facts of the brief come from, in the record's order.
    var sources: [Source] {
        let programmes = (groups(.operational) + groups(.pipeline)).flatMap(\.programmes)
        let areas = (groups(.operational) + groups(.pipeline)).compactMap { $0.area?.standing.source }
        var ids = Set(areas + record.contributions.map(\.contributor.source) + statements.map(\.source))
        for programme in programmes {
            ids.insert(programme.programme.source)
            if let status = programme.status { ids.insert(status.source) }
            if let budget = programme.budget { ids.insert(budget.source) }
            ids.formUnion(programme.localAuthorities.map(\.source))
        }
        let identity = record.terms.identity
        ids.formUnion([identity.standing.source, identity.contact.standing.source, target?.standing.source].compactMap { $0 })
        return record.sources.filter { ids.contains($0.id) }
    }

    /// Whether something in the brief is marked as unconfirmed.
    var hasUnconfirmedFacts: Bool {
        let groups = groups(.operational) + groups(.pipeline)
        return groups.contains { $0.area?.standing.isConfirmed == false || $0.programmes.contains { !unconfirmedFacts(of: $0).isEmpty } }
            || target?.standing.isConfirmed == false || !record.terms.identity.contact.standing.isConfirmed
    }

    /// A fact of a programme that the brief shows.
    enum Fact: String, CaseIterable {
        case title
        case thematicArea = "thematic_area"
        case countries
        case organizations
        case summary
        case budget
    }

    /// Those of the facts shown that no published source confirms.
    func unconfirmedFacts(of programme: ProgrammeOnRecord) -> Set<Fact> {
        var facts = Set(Fact.allCases.filter { programme.programme.unconfirmed.contains($0.rawValue) })
        if programme.budget?.isConfirmed == false { facts.insert(.budget) }
        return facts
    }
}

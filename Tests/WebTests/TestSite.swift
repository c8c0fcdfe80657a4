import Foundation
import HTML
import Ledger
import Publications
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

/// Pages of a fund on record, made as the server makes them, without a network in between.
struct TestSite: Sendable {
    let office: TestOffice
    let say: Catalogue
    let fund: String
    private let reader: RecordReader
    private let layout: Layout

    init(_ folder: URL = Folders.riverTowns, say: Catalogue? = nil) async throws {
        let say = try say ?? Sentences.catalogue()
        let office = try await TestOffice()
        self.office = office
        self.say = say
        fund = folder.lastPathComponent
        try await office.load(folder)
        let clock = office.clock
        reader = RecordReader(office: office.office, clock: { clock.now }, wording: Wording(say))
        layout = Layout(say: say, assets: try Assets(), isDemonstration: true)
    }

    func bytes(_ place: Place, _ query: String = "", as format: PageFormat = .html) async throws -> [UInt8] {
        let query = try PageQuery(parsing: query, allowing: place.parameters + [.cursor, .limit])
        let sequence = try #require(office.office.publicSequence(of: fund))
        let context = try await reader.context(fund: fund, place: place, query: query, format: format, sequence: sequence)
        return try context.render(as: format, layout: layout)
    }

    /// What a list of the JSON interface holds.
    func listing(_ list: APIList) async throws -> Listing {
        let sequence = try #require(office.office.publicSequence(of: fund))
        let context = try await reader.context(fund: fund, place: list.place, query: PageQuery(), format: .json, sequence: sequence)
        return try list.listing(of: context)
    }

    func text(_ place: Place, _ query: String = "", as format: PageFormat = .html) async throws -> String {
        String(decoding: try await bytes(place, query, as: format), as: UTF8.self)
    }

    /// Every page that the record has, with a few of the queries that pages understand.
    func everyPlace() async throws -> [(place: Place, query: String)] {
        let record = try #require(try await office.record(fund))
        let lists: [Place] = [
            .overview, .contributors, .programmes, .pipeline, .organizations, .countries, .thematicAreas, .objectives, .localEngagement,
            .balance,
            .statements, .ledger, .figures, .terms, .documents, .brief, .data, .statistics, .calls,
            .decisions, .booklet,
        ]
        let single: [Place] =
            record.contributors.map { .contributor($0.id) } + record.programmes.map { .programme($0.id) }
            + record.organizations.map { .organization($0.id) }
            + record.countries.prefix(40).map { .country($0.iso3) } + record.terms.thematicAreas.map { .thematicArea($0.number) }
        let filtered: [(Place, String)] = [
            (.programmes, "status=operational&area=1&counting=budgets"), (.programmes, "status=unknown"),
            (.programmes, "region=unknown&sort=budget"),
            (.programmes, "country=THA&minimum-budget=1"), (.contributors, "kind=member-state&sort=name"),
            (.ledger, "account=contributionsOnRecord"),
            (.figures, "ratio=mobilizedShare"), (.overview, "as-of=1990-01-01"), (.balance, "as-of=2020-12-31"),
            (.terms, "section=objectives"),
        ]
        return (lists + single).map { ($0, "") } + filtered.map { (place: $0.0, query: $0.1) }
    }
}

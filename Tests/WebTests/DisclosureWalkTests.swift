import Foundation
import Publications
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("What must not leave the house")
struct DisclosureWalkTests {
    /// Everything in the made-up fund that is withheld or sensitive carries one of these.
    private static let marks = ["Zzwithheld", "Zzsecret", "zzsecret", "quiet-quay", "Quiet quay"]

    @Test("no page, file or list names a withheld programme or a sensitive place")
    func nothingLeaves() async throws {
        let site = try await TestSite()
        for (place, query) in try await site.everyPlace() {
            for format in [PageFormat.html, .json, .csv] where format == .html || place != .data {
                let text: String
                do { text = try await site.text(place, query, as: format) } catch is Failure where format != .html { continue }
                for mark in Self.marks { #expect(!text.contains(mark), "\(place) \(query) as \(format) holds “\(mark)”") }
            }
        }
    }

    @Test("the brief in every form names none either")
    func briefIsSilent() async throws {
        let site = try await TestSite()
        let record = try #require(try await site.office.record(site.fund))
        let brief = Brief(record: record, say: site.say)
        for text in [brief.text(), String(decoding: brief.document(), as: UTF8.self)] {
            for mark in Self.marks { #expect(!text.contains(mark)) }
        }
    }

    @Test("a withheld programme's address answers as if it were not there")
    func withheldIsNotFound() async throws {
        let site = try await TestSite()
        await #expect(throws: Failure.self) { try await site.bytes(.programme("quiet-quay-1")) }
        await #expect(throws: Failure.self) { try await site.bytes(.programme("no-such-programme")) }
    }

    @Test("the marks are in the folder, so that their absence means something")
    func marksAreInTheFolder() throws {
        let folder = try FundFolder.read(at: Folders.riverTowns)
        let everything = folder.records.values.flatMap { $0.flatMap(\.values) }.joined(separator: "\n")
        for mark in Self.marks { #expect(everything.contains(mark)) }
    }
}

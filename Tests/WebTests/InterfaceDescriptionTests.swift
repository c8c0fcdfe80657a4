import Foundation
import HTML
import Publications
import TestSupport
import Testing

@testable import PooledFund
@testable import Web

@Suite("The description of the JSON interface says what there is")
struct InterfaceDescriptionTests {
    @Test("Every list has the fields that are described, in their order", arguments: [Folders.riverTowns, Folders.migrationMPTF])
    func lists(_ folder: URL) async throws {
        let site = try await TestSite(folder)
        for list in APIList.allCases {
            let listing = try await site.listing(list)
            #expect(listing.columns == list.fields.map(\.key), "\(list.rawValue)")
            #expect(listing.moneyColumns.isSubset(of: list.fields.filter { [.money, .figure, .counted].contains($0.value) }.map(\.key)))
        }
    }

    @Test("Every action is described, with every field, and no path twice")
    func actions() throws {
        let description = InterfaceDescription(say: try Sentences.catalogue()).json
        let paths = try #require(description.members["paths"]?.members)
        #expect(paths.count == 1 + APIList.allCases.count + ReadingWithRights.allCases.count + RequestedActions.all.count)
        for action in RequestedActions.all {
            let path = try #require(paths["/api/v1/funds/{fund}/actions/\(action.name)"], "\(action.name)")
            let body = path.members["post"]?.members["requestBody"]?.members["content"]?.members["application/json"]?.members["schema"]
            let properties = try #require(body?.members["properties"]?.members)
            #expect(Set(properties.keys).subtracting(["on_behalf_of"]) == Set(action.fields.map(\.name)), "\(action.name)")
            #expect(properties.keys.contains("on_behalf_of") == action.isRecordedOnBehalf, "\(action.name)")
        }
    }
}

extension JSON {
    fileprivate var members: [String: JSON] {
        guard case .object(let members) = self else { return [:] }
        return Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
    }
}

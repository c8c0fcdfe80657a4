internal import Crypto
internal import Foundation
internal import HTML
internal import PooledFund

/// What pages load: the style sheets and the icon, each under an address that changes with its content, so that browsers keep it for good.
struct Assets: Sendable {
    struct Asset: Sendable {
        let address: Address
        let page: StoredPage
    }

    let stylesheet: Asset
    /// Besides the other, on pages with forms and in the workspace: what only reads never loads it.
    let workspaceStylesheet: Asset
    let icon: Asset
    /// On the pages of the workspace where people write, which work without it.
    let writingScript: Asset

    init() throws {
        stylesheet = try Self.stylesheet("pooledfund")
        workspaceStylesheet = try Self.stylesheet("workspace")
        writingScript = try Self.file("writing", "js", "text/javascript; charset=utf-8")
        icon = Self.asset("icon", "svg", "image/svg+xml", Array(Self.iconText.utf8))
    }

    /// The asset at a path, if the path is of the content that this program has.
    func asset(at path: String) -> StoredPage? {
        [stylesheet, workspaceStylesheet, icon, writingScript].first { $0.address.text == path }?.page
    }

    private static func stylesheet(_ name: String) throws -> Asset {
        try file(name, "css", "text/css; charset=utf-8")
    }

    private static func file(_ name: String, _ ending: String, _ contentType: String) throws -> Asset {
        let bytes = try Data(contentsOf: Bundle.module.bundleURL.appendingPathComponent("\(name).\(ending)"))
        return asset(name, ending, contentType, [UInt8](bytes))
    }

    private static func asset(_ name: String, _ ending: String, _ contentType: String, _ bytes: [UInt8]) -> Asset {
        let digest = hexadecimal(SHA256.hash(data: bytes).prefix(8))
        return Asset(
            address: Address(segments: ["assets", "\(name)-\(digest).\(ending)"]), page: StoredPage(contentType: contentType, bytes: bytes))
    }

    /// Five parts of one whole, one for each thematic hue.
    private static let iconText = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="none" stroke-width="7">\
        <path stroke="#1b6ca8" d="M16 5a11 11 0 0 1 10.5 7.6"/><path stroke="#b3441e" d="M26.5 12.6a11 11 0 0 1-4 12.3"/>\
        <path stroke="#6a4c93" d="M22.5 24.9a11 11 0 0 1-13 0"/><path stroke="#2e7d4f" d="M9.5 24.9a11 11 0 0 1-4-12.3"/>\
        <path stroke="#8f6109" d="M5.5 12.6A11 11 0 0 1 16 5"/></g></svg>
        """
}

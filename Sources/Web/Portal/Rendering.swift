internal import HTML
internal import PooledFund

extension PageContext {
    /// The page in the form that was asked for.
    func render(as format: PageFormat, layout: Layout) throws -> [UInt8] {
        // A page that is not there has no data either.
        let page = try page()
        switch format {
        case .html: return layout.document(page, in: self)
        case .json: return try json(try dataListing(), path: nil)
        case .csv: return try dataListing().csv
        }
    }

    private func dataListing() throws -> Listing {
        guard let listing = try listing() else { throw Failure.notFound }
        return listing
    }

    private func page() throws -> Page {
        switch place {
        case .overview: try overviewPage()
        case .contributors: try contributorsPage()
        case .contributor(let id): try contributorPage(id)
        case .programmes: try programmesPage()
        case .programme(let code): try programmePage(code)
        case .pipeline: try pipelinePage()
        case .organizations: try organizationsPage()
        case .organization(let id): try organizationPage(id)
        case .countries: try countriesPage()
        case .country(let iso3): try countryPage(iso3)
        case .thematicAreas: try thematicAreasPage()
        case .thematicArea(let number): try thematicAreaPage(number)
        case .objectives: try objectivesPage()
        case .localEngagement: try localEngagementPage()
        case .balance: try balancePage()
        case .statements: try statementsPage()
        case .ledger: try ledgerPage()
        case .figures: try figuresPage()
        case .terms: try termsPage()
        case .documents: try documentsPage()
        case .brief: try briefPage()
        case .data: try dataPage()
        case .statistics: try statisticsPage()
        case .calls: try callsPage()
        case .call(let code): try callPage(code)
        case .decisions: try decisionsPage()
        case .decision(let meeting, let proposal): try decisionPage(meeting, proposal)
        case .booklet: try bookletPage()
        }
    }

    /// One part of a list in JSON.
    ///
    /// - Parameter path: where the next part is; nil for this page's own `.json`.
    func json(_ listing: Listing, path: String?) throws -> [UInt8] {
        // Lines of the ledger were read from after the cursor on.
        let cursor = readsLedger ? nil : query[.cursor]
        let json = listing.json(after: cursor, limit: try query.limit) { cursor in
            var next = query
            next[.cursor] = cursor
            return Address(path: path ?? dataAddress("json").path, query: next.pairs).text
        }
        guard let json else { throw PageQuery.unreadable(.cursor, query[.cursor] ?? "") }
        return json.bytes
    }

    private var readsLedger: Bool {
        switch place {
        case .ledger, .contributor: true
        default: false
        }
    }
}

extension Address {
    /// Without the query.
    fileprivate var path: String { String(text.prefix { $0 != "?" }) }
}

internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// Search across what the visitor may see of the fund.
    func searchPage(_ fund: String) async throws -> WorkspacePage {
        let asked = filter("q") ?? ""
        guard let words = SearchText.words(of: asked) else { throw unreadable("q") }
        guard let found = try await office.search(words, in: try await publicRecord(fund), now: now) else { throw Failure.notFound }
        let pages = words.isEmpty ? [] : pages(of: fund).filter { SearchText($0.label).contains(all: words) }
        return WorkspacePage(
            title: say("search.title"), lead: .text(say("search.lead")),
            content: .fragment {
                searchForm(asked)
                if !words.isEmpty {
                    if found.isEmpty, pages.isEmpty { p { say("search.nothing", ["text": .text(asked)]) } }
                    if found.isCut { p(.class("dim")) { say("search.cut", ["count": .number(WorkspaceFindings.limit)]) } }
                    groups(found, pages, fund)
                }
            })
    }

    private func searchForm(_ asked: String) -> Markup {
        form(.class("filter search"), .method(.get), .action(Self.address(place)), .role("search")) {
            div(.class("field")) {
                label(.for("search")) { say("search.field") }
                input(.type("search"), .id("search"), .name("q"), .value(asked), .autocomplete(.off))
            }
            div(.class("actions")) { button(.type("submit")) { say("search.submit") } }
        }
    }

    @MarkupBuilder
    private func groups(_ found: WorkspaceFindings, _ pages: [(address: Address, label: String)], _ fund: String) -> Markup {
        group("programmes.title", found.programmes) { programme in
            .fragment {
                publicLink(.programme(programme.id), in: fund, programme.programme.title)
                span(.class("memo")) { wording.status(programme.status?.status) }
            }
        }
        group("search.parties", found.parties) { party in
            .fragment {
                link(.organization(fund: fund, party.id), party.name)
                span(.class("memo")) { kinds(of: party) }
            }
        }
        group("people.title", found.people) { person in
            .fragment {
                link(.person(fund: fund, person.id), name(of: person))
                span(.class("memo")) { wording.list(Self.unique(person.holdings.map { role($0.holding.role) })) }
            }
        }
        group("countries.title", found.countries) { country in publicLink(.country(country.iso3), in: fund, country.name) }
        group("search.pages", pages) { page in a(.href(page.address)) { page.label } }
    }

    private func group<Element>(_ title: SentenceKey, _ elements: [Element], _ markup: (Element) -> Markup) -> Markup {
        guard !elements.isEmpty else { return .empty }
        return workspaceBlock(say(title)) { ul(.class("plain")) { elements.map { element in li { markup(element) } } } }
    }

    private static func unique(_ texts: [String]) -> [String] {
        texts.enumerated().filter { texts.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }

    /// The pages that are found by their titles: the fund's public ones, and those of the workspace that the visitor may read.
    private func pages(of fund: String) -> [(address: Address, label: String)] {
        let open: [(Place, SentenceKey)] = [
            (.contributors, "contributors.title"), (.programmes, "programmes.title"), (.pipeline, "pipeline.title"),
            (.balance, "balance.title"), (.localEngagement, "local-engagement.title"), (.statements, "statements.title"),
            (.data, "data.title"), (.thematicAreas, "thematic-areas.title"), (.objectives, "objectives.title"),
            (.countries, "countries.title"), (.organizations, "organizations.title"), (.figures, "figures.title"),
            (.ledger, "ledger.title"), (.terms, "terms.title"), (.documents, "documents.title"), (.brief, "brief-page.title"),
        ]
        let own: [(WorkspacePlace, SentenceKey)] =
            [
                (.desk, "desk.title"), (.people(fund: fund), "people.title"), (.actions(fund: fund), "actions.title"),
                (.settings, "settings.title"),
            ] + (readsAudit(fund) ? [(.audit(fund: fund), "audit.title")] : [])
        return own.map { (Self.address($0.0), say($0.1)) }
            + open.map { (Address(segments: ["funds", fund] + $0.0.segments), say($0.1)) }
    }
}

internal import Ledger

/// Checks the rows of a folder by themselves and against each other.
struct FolderCheck {
    let terms: Terms
    let rows: [RecordKind: [LocatedFields]]
    let texts: [String: String]
    let faults: FaultCollector

    /// - Returns: the contributions as read; whether anything is wrong is in `faults`.
    func run() -> [Contribution] {
        for kind in RecordKind.files { checkKeys(of: kind) }
        let sources = ids(.sources, "id")
        let countries = ids(.countries, "iso3")
        let organizations = ids(.organizations, "id")
        let contributors = ids(.contributors, "id")
        let programmes = ids(.programmes, "code")
        let statements = ids(.statements, "key")
        let regions = Set(terms.regions.map(\.id))

        read(.sources, Source.init)
        for (row, country) in read(.countries, Country.init) {
            row.expect(country.region, in: regions, "region", called: "region of the Terms")
        }
        for column in ["iso2", "m49", "name"] { checkUnique(.countries, columns: [column]) }
        for (row, organization) in read(.organizations, Organization.init) {
            row.expect(organization.country, in: countries, "country", called: "country")
        }
        checkUnique(.organizations, columns: ["name", "aliases"])
        if let host = terms.committee.rules.secretariatHost, !organizations.contains(host) {
            faults.report(
                TermsNode.file, nil, "committee.secretariat_host", "there is no organization “\(host)”",
                remedy: didYouMean(host, among: organizations.sorted()))
        }
        for (row, contributor) in read(.contributors, Contributor.init) {
            row.expect(contributor.country, in: countries, "country", called: "country")
        }
        checkUnique(.contributors, columns: ["name", "aliases"])
        let contributions = read(.contributions) { Contribution($0, currency: terms.currency) }
        for (row, contribution) in contributions {
            row.expect(contribution.contributor, in: contributors, "contributor", called: "contributor")
        }
        checkTotal(of: .contributions, contributions.map(\.1.amount))
        let programmeRecords = read(.programmes, Programme.init)
        for (row, programme) in programmeRecords {
            row.expect(
                programme.thematicArea.map(String.init), in: Set(terms.thematicAreas.map { String($0.number) }), "thematic_area",
                called: "thematic area of the Terms")
            for country in programme.countries { row.expect(country, in: countries, "countries", called: "country") }
            for region in programme.regions { row.expect(region, in: regions, "regions", called: "region of the Terms") }
            for organization in programme.organizations {
                row.expect(organization, in: organizations, "organizations", called: "organization")
            }
            for objective in programme.objectives {
                row.expect(
                    String(objective), in: Set(terms.objectives.map { String($0.number) }), "objectives", called: "objective of the Terms")
            }
        }
        let withheld = Set(programmeRecords.map(\.1).filter { $0.disclosure == .withheld }.map(\.code))
        for (row, claim) in read(.statuses, StatusClaim.init) {
            row.expect(claim.programme, in: programmes, "programme", called: "programme")
            if claim.status != .pipeline, withheld.contains(claim.programme) {
                row.report(
                    "status", "is “\(claim.status.rawValue)” although the programme is withheld",
                    remedy: "only an entry of the pipeline may be withheld")
            }
        }
        let budgets = read(.budgets) { BudgetClaim($0, currency: terms.currency) }
        for (row, claim) in budgets { row.expect(claim.programme, in: programmes, "programme", called: "programme") }
        checkTotal(of: .budgets, budgets.map(\.1.amount))
        let programmeCountries = Dictionary(programmeRecords.map { ($1.code, $1.countries) }, uniquingKeysWith: { first, _ in first })
        for (row, authority) in read(.localAuthorities, LocalAuthority.init) {
            row.expect(authority.programme, in: programmes, "programme", called: "programme")
            for country in authority.countries {
                row.expect(country, in: countries, "countries", called: "country")
                if let allowed = programmeCountries[authority.programme], !allowed.isEmpty, !allowed.contains(country) {
                    row.report("countries", "\(country) is not a country of the programme", remedy: "correct one of the two")
                }
            }
        }
        for (row, statement) in read(.statements, PublishedStatement.init) { check(statement, in: row) }
        checkSources(sources)
        checkCoverage(statements)
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) { check(text, named: name, statements: statements) }
        return contributions.map(\.1)
    }

    /// Every row of a kind that can be read as what it is, with its reader for further checks.
    @discardableResult
    private func read<Record>(_ kind: RecordKind, _ make: (RowReader) -> Record?) -> [(RowReader, Record)] {
        (rows[kind] ?? []).compactMap { row in
            let reader = RowReader(fields: row.fields, line: row.line, faults: faults)
            return make(reader).map { (reader, $0) }
        }
    }

    private func ids(_ kind: RecordKind, _ column: String) -> Set<String> { Set((rows[kind] ?? []).map { $0.fields[column] }) }

    private func checkKeys(of kind: RecordKind) {
        var lines: [[String]: Int] = [:]
        for row in rows[kind] ?? [] {
            if let first = lines[row.fields.key] {
                let key = row.fields.key.joined(separator: ", ")
                faults.report(
                    kind.file, row.line, kind.key.joined(separator: ", "), "“\(key)” is on line \(first) already",
                    remedy: "keep one of the two")
            } else {
                lines[row.fields.key] = row.line
            }
        }
    }

    /// No value of these columns, lists included, stands in two rows.
    private func checkUnique(_ kind: RecordKind, columns: [String]) {
        var lines: [String: Int] = [:]
        for row in rows[kind] ?? [] {
            for column in columns {
                for name in row.fields[column].listed {
                    if let first = lines[name], first != row.line {
                        faults.report(
                            kind.file, row.line, column, "“\(name)” is on line \(first) already",
                            remedy: "give each its own, or keep one of the two")
                    } else {
                        lines[name] = row.line
                    }
                }
            }
        }
    }

    /// Any part of these amounts can be added up.
    private func checkTotal(of kind: RecordKind, _ amounts: [Money]) {
        do {
            _ = try Money.sum(amounts, in: terms.currency)
        } catch {
            faults.report(kind.file, nil, "amount", "the amounts add up to more than can be counted (\(error))", remedy: "check them")
        }
    }

    private func check(_ statement: PublishedStatement, in row: RowReader) {
        if let figure = statement.figure {
            if figure.hasPrefix("committeeSeat:") {
                row.expect(
                    String(figure.dropFirst("committeeSeat:".count)), in: Set(terms.committee.seats.map(\.id)), "figure",
                    called: "seat of the Terms")
            } else {
                row.expect(figure, in: Set(FigureKey.allCases.map(\.rawValue)), "figure", called: "figure")
            }
        }
        if statement.value(in: terms.currency) == nil {
            row.report(
                "stated", "“\(statement.stated)” is not a figure in \(statement.unit)",
                remedy: "write a plain number; years as 2019 or 2019/2022")
        }
    }

    /// Every source that a row or an item of the Terms names is on record.
    private func checkSources(_ sources: Set<String>) {
        for kind in RecordKind.files where kind.columns.contains("source") {
            for row in rows[kind] ?? [] where !row.fields["source"].isEmpty {
                RowReader(fields: row.fields, line: row.line, faults: faults).expect(
                    row.fields["source"], in: sources, "source", called: "source")
            }
        }
        for (path, standing) in terms.standings {
            guard let source = standing.source, !sources.contains(source) else { continue }
            faults.report(
                TermsNode.file, nil, "\(path).source", "there is no source “\(source)”", remedy: didYouMean(source, among: sources))
        }
    }

    private func checkCoverage(_ statements: Set<String>) {
        for coverage in terms.coverage {
            guard let stated = coverage.stated, !statements.contains(stated) else { continue }
            faults.report(
                TermsNode.file, nil, "coverage.stated", "there is no statement “\(stated)”", remedy: didYouMean(stated, among: statements))
        }
    }

    private func check(_ text: String, named name: String, statements: Set<String>) {
        for part in TextTemplate(parsing: text).parts {
            let unknown: (name: String, asWritten: String, candidates: [String])? =
                switch part {
                case .unknown(let name): (name, "{\(name)}", FigureKey.allCases.map(\.rawValue))
                case .stated(let key) where !statements.contains(key): (key, "{stated:\(key)}", statements.sorted())
                default: nil
                }
            guard let unknown else { continue }
            let before = text.utf8.firstRange(of: unknown.asWritten.utf8).map { text.utf8[..<$0.lowerBound] }
            let line = before.map { 1 + $0.count { $0 == UInt8(ascii: "\n") } }
            faults.report(
                "texts/\(name).md", line, nil, "there is no figure “\(unknown.name)”",
                remedy: didYouMean(unknown.name, among: unknown.candidates))
        }
    }
}

extension RowReader {
    /// Reports a value that refers to nothing.
    fileprivate func expect(_ value: String?, in known: Set<String>, _ column: String, called kind: String) {
        guard let value, !known.contains(value) else { return }
        report(column, "there is no \(kind) “\(value)”", remedy: didYouMean(value, among: known.sorted()))
    }
}

extension Terms {
    /// Every item with its path, for checks that concern all of them.
    var standings: [(path: String, standing: Standing)] {
        func numbered<Item>(_ name: String, _ items: [Item], _ standing: (Item) -> Standing) -> [(String, Standing)] {
            items.enumerated().map { ("\(name)[\($0)]", standing($1)) }
        }
        return [("identity", identity.standing), ("identity.contact", identity.contact.standing), ("committee", committee.standing)]
            + numbered("targets", targets, \.standing) + numbered("thematic_areas", thematicAreas, \.standing)
            + numbered("objectives.items", objectives, \.standing) + numbered("principles", principles, \.standing)
            + numbered("regions", regions, \.standing) + numbered("markers", markers, \.standing)
            + numbered("eligibility", eligibility, \.standing) + numbered("fees", fees, \.standing)
            + numbered("budget_categories", budgetCategories, \.standing) + numbered("deadlines", deadlines, \.standing)
            + numbered("committee.seats", committee.seats, \.standing) + numbered("coverage", coverage, \.standing)
            + numbered("committee.quorum", committee.rules.quorum, \.standing)
            + numbered("committee.interests", committee.rules.interests, \.standing)
            + (people.standing.map { [("people", $0)] } ?? [])
    }
}

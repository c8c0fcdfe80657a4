internal import Foundation
internal import Ledger
internal import Yams

/// Reads `terms.yaml` into Terms, reporting everything that is not as it should be.
struct TermsReader {
    let root: TermsNode

    /// - Returns: nil if the text is not usable at all; the reasons are then in `faults`.
    static func read(_ yaml: String, faults: FaultCollector) -> Terms? {
        if let hazard = YAMLHazard.first(in: yaml) {
            faults.report(TermsNode.file, hazard.line, nil, hazard.problem, remedy: hazard.remedy)
            return nil
        }
        do {
            guard let node = try Yams.compose(yaml: yaml) else {
                faults.report(TermsNode.file, nil, nil, "is empty", remedy: "write the Terms as Documentation/fund-folder.md describes")
                return nil
            }
            return TermsReader(root: TermsNode(node: node, path: "", faults: faults)).terms()
        } catch let error as YamlError {
            faults.report(TermsNode.file, line(of: error), nil, "is not YAML: \(problem(of: error))", remedy: "correct the line")
        } catch {
            faults.report(TermsNode.file, nil, nil, "cannot be read: \(error)", remedy: "correct the file")
        }
        return nil
    }

    private func terms() -> Terms? {
        root.expectKeys([
            "format", "identity", "targets", "thematic_areas", "objectives", "principles", "regions", "markers", "eligibility", "fees",
            "budget_categories", "deadlines", "committee", "coverage", "people", "forms", "assessment", "reminders",
        ])
        if let format = root.required("format"), format.string != "1" {
            format.report("is not a format that this program reads", remedy: "write `format: 1`")
        }
        guard let identity = root.required("identity").flatMap(identity) else { return nil }
        let currency = identity.currency
        let areas = items("thematic_areas", ["number", "name", "short_name", "objectives", "sensitive_places"], thematicArea)
        let objectives = objectives()
        let regions = regions()
        let committee = root.required("committee").flatMap { CommitteeReader(node: $0, areas: areas, regions: regions).committee() }
        let markers = items("markers", ["id", "name", "scale", "minimum"], marker)
        let fees = items("fees", ["id", "name", "rate", "basis"], fee)
        let terms = Terms(
            identity: identity,
            targets: items("targets", ["amount", "by", "occasion"]) { target($0, currency) },
            thematicAreas: areas, objectivesFramework: objectives.framework, objectives: objectives.items,
            principles: items("principles", ["id", "name"]) { node in
                let (id, name) = (node.identifier("id"), node.text("name"))
                guard let id, let name else { return nil }
                return Principle(id: id, name: name, standing: node.standing())
            },
            regions: regions,
            markers: markers,
            eligibility: items("eligibility", ["id", "rule", "value", "unit", "check", "applies_to"], eligibilityRule),
            fees: fees,
            budgetCategories: items("budget_categories", ["number", "name", "kind"]) { node in
                let (number, name, kind) = (node.integer("number"), node.text("name"), node.choice("kind", BudgetCategory.Kind.self))
                guard let number, let name, let kind else { return nil }
                return BudgetCategory(number: number, name: name, kind: kind, standing: node.standing())
            },
            deadlines: items("deadlines", ["id", "name", "due", "period", "from", "to"], deadline),
            committee: committee ?? Committee(name: "", chair: "", decidesBy: "", seats: [], rules: .none, standing: root.standing()),
            coverage: items("coverage", ["records", "as_of", "stated"], coverage),
            people: root.optional("people").map { PeopleRulesReader(node: $0).rules() } ?? .strictest,
            forms: ProposalFormReader(root: root, markers: markers, fees: fees).forms(),
            assessment: root.optional("assessment").flatMap { AssessmentRulesReader(node: $0).rules() },
            reminders: root.optional("reminders").map(ReminderRules.read) ?? .none)
        checkAreas(terms)
        checkTargets(terms)
        return terms
    }

    private func regions() -> [Region] {
        items("regions", ["id", "name", "short_name"]) { node in
            let (id, name, shortName) = (node.identifier("id"), node.text("name"), node.text("short_name"))
            if id == "unknown" {
                node.report("“unknown” cannot be a region's id", remedy: "it stands for what is not on record; choose another")
            }
            guard let id, let name, let shortName else { return nil }
            return Region(id: id, name: name, shortName: shortName, standing: node.standing())
        }
    }

    func items<Item>(_ key: String, _ keys: [String], _ read: (TermsNode) -> Item?) -> [Item] {
        let nodes = root.list(key)
        var seen: Set<String> = []
        return nodes.compactMap { node in
            node.expectKeys(keys + TermsNode.standingKeys)
            if let name = (node.optional("id") ?? node.optional("number") ?? node.optional("records"))?.string, !seen.insert(name).inserted
            {
                node.report("“\(name)” stands in the list twice", remedy: "give each item its own")
            }
            return read(node)
        }
    }

    private func identity(_ node: TermsNode) -> Identity? {
        node.expectKeys(
            ["name", "known_as", "short_name", "code", "launched_on", "currency", "time_zone", "headline", "contact"]
                + TermsNode.standingKeys)
        let (name, knownAs, shortName, code) = (node.text("name"), node.text("known_as"), node.text("short_name"), node.identifier("code"))
        let currency = node.required("currency").flatMap(currency)
        let timeZone = timeZone(node)
        let headline = node.text("headline")
        let contact = node.required("contact").flatMap(contact)
        let launchedOn = node.date("launched_on")
        guard let name, let knownAs, let shortName, let code, let currency, let timeZone, let headline, let contact else { return nil }
        return Identity(
            name: name, knownAs: knownAs, shortName: shortName, code: code, launchedOn: launchedOn, currency: currency.currency,
            currencyName: currency.name, timeZone: timeZone, headline: headline, contact: contact, standing: node.standing())
    }

    private func currency(_ node: TermsNode) -> (currency: Currency, name: String)? {
        node.expectKeys(["code", "name", "minor_units"])
        guard let code = node.text("code"), let name = node.text("name"), let minorUnits = node.integer("minor_units") else { return nil }
        do {
            return (try Currency(code: code, minorUnits: minorUnits), name)
        } catch {
            node.report("is not a currency (\(error))", remedy: "give its ISO 4217 code and its number of decimals")
            return nil
        }
    }

    private func timeZone(_ node: TermsNode) -> String? {
        guard let name = node.text("time_zone") else { return nil }
        guard name.contains("/") || name == "UTC", TimeZone(identifier: name) != nil else {
            node.optional("time_zone")?.report("“\(name)” is not a time zone", remedy: "use an IANA name such as Europe/Zurich")
            return nil
        }
        return name
    }

    private func contact(_ node: TermsNode) -> Identity.Contact? {
        node.expectKeys(["name", "lines", "email", "web"] + TermsNode.standingKeys)
        for web in node.list("web") {
            guard let text = web.string, !text.hasPrefix("https://"), !text.hasPrefix("http://") else { continue }
            web.report("“\(text)” is not a web address", remedy: "write it with https://")
        }
        guard let name = node.text("name"), let email = node.text("email") else { return nil }
        let parts = email.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        if parts.count != 2 || parts.contains(where: \.isEmpty) || !email.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            node.optional("email")?.report("“\(email)” is not an e-mail address", remedy: "write it as name@example.org")
        }
        return Identity.Contact(
            name: name, lines: node.texts("lines"), email: email, web: node.texts("web"), standing: node.standing())
    }

    private func target(_ node: TermsNode, _ currency: Currency) -> Target? {
        let (amount, occasion, by) = (node.amount("amount", in: currency), node.text("occasion"), node.date("by"))
        guard let amount, let occasion else { return nil }
        return Target(amount: amount, by: by, occasion: occasion, standing: node.standing())
    }

    private func thematicArea(_ node: TermsNode) -> ThematicArea? {
        let (number, name, shortName) = (node.integer("number"), node.text("name"), node.text("short_name"))
        let (objectives, sensitive) = (node.list("objectives").compactMap(\.integer), node.boolean("sensitive_places"))
        guard let number, let name, let shortName, let sensitive else { return nil }
        return ThematicArea(
            number: number, name: name, shortName: shortName, objectives: objectives, hasSensitivePlaces: sensitive,
            standing: node.standing())
    }

    private func objectives() -> (framework: String, items: [Objective]) {
        guard let node = root.required("objectives") else { return ("", []) }
        node.expectKeys(["framework", "items"] + TermsNode.standingKeys)
        let items = TermsReader(root: node).items("items", ["number", "title"]) { node -> Objective? in
            let (number, title) = (node.integer("number"), node.text("title"))
            guard let number, let title else { return nil }
            return Objective(number: number, title: title, standing: node.standing())
        }
        return (node.text("framework") ?? "", items)
    }

    private func marker(_ node: TermsNode) -> Marker? {
        let (id, name, scale, minimum) = (node.identifier("id"), node.text("name"), node.texts("scale"), node.optionalText("minimum"))
        if let minimum, !scale.contains(minimum) {
            node.optional("minimum")?.report("“\(minimum)” is not on the scale", remedy: didYouMean(minimum, among: scale))
        }
        guard let id, let name else { return nil }
        return Marker(id: id, name: name, scale: scale, minimum: minimum, standing: node.standing())
    }

    private func eligibilityRule(_ node: TermsNode) -> EligibilityRule? {
        let (id, rule) = (node.identifier("id"), node.text("rule"))
        let (value, check) = (
            node.optional("value")?.integer, node.optional("check") == nil ? nil : node.choice("check", EligibilityRule.Check.self)
        )
        if let check, check.needsValue, value == nil {
            node.report("“\(check.rawValue)” has nothing to compare with", remedy: "give the rule a value")
        }
        guard let id, let rule else { return nil }
        return EligibilityRule(
            id: id, rule: rule, value: value, unit: node.optionalText("unit") ?? "", check: check,
            scope: node.optional("applies_to") == nil ? .every : node.choice("applies_to") ?? .every, standing: node.standing())
    }

    private func fee(_ node: TermsNode) -> Fee? {
        let (id, name, rate, basis) = (node.identifier("id"), node.text("name"), node.rate("rate"), node.text("basis"))
        guard let id, let name, let rate, let basis else { return nil }
        return Fee(id: id, name: name, rate: rate, basis: basis, standing: node.standing())
    }

    private func deadline(_ node: TermsNode) -> Deadline? {
        let (id, name, due) = (node.identifier("id"), node.text("name"), node.text("due"))
        let (period, from, to) = (node.choice("period", Deadline.Period.self), node.text("from"), node.text("to"))
        // 2023 is no leap year: a deadline on 29 February would not exist every year.
        guard let due, let date = try? CivilDate(parsing: "2023-\(due)"), let month = date.month, let day = date.day else {
            node.optional("due")?.report("is not a day of every year", remedy: "write MM-DD, such as 03-31")
            return nil
        }
        guard let id, let name, let period, let from, let to else { return nil }
        return Deadline(id: id, name: name, month: month, day: day, period: period, from: from, to: to, standing: node.standing())
    }

    private func coverage(_ node: TermsNode) -> Coverage? {
        let records = node.choice("records", Coverage.Records.self)
        guard let asOf = node.date("as_of") else {
            if node.optional("as_of") == nil { node.report("has no “as_of”", remedy: "say as of when the records are complete") }
            return nil
        }
        guard let records else { return nil }
        return Coverage(records: records, asOf: asOf, stated: node.optionalText("stated"), standing: node.standing())
    }

    /// The target in force is the last that has taken effect, so they have to stand in that order.
    private func checkTargets(_ terms: Terms) {
        let dates = terms.targets.map { $0.standing.effectiveOn?.lastDay }
        for (index, pair) in zip(dates, dates.dropFirst()).enumerated() {
            guard let earlier = pair.0, let later = pair.1, later < earlier else { continue }
            let field = "targets[\(index + 1)].effective_on"
            let line = root.list("targets").dropFirst(index + 1).first?.node.mark?.line
            root.faults.report(TermsNode.file, line, field, "\(later) is before the target above it", remedy: "list targets oldest first")
        }
    }

    /// An objective belongs to at most one thematic area, and an area names only objectives that there are.
    private func checkAreas(_ terms: Terms) {
        let numbers = Set(terms.objectives.map(\.number))
        var areaOfObjective: [Int: Int] = [:]
        for (index, area) in terms.thematicAreas.enumerated() {
            let field = "thematic_areas[\(index)].objectives"
            let line = root.list("thematic_areas").first { $0.optional("number")?.node.scalar?.string == "\(area.number)" }?.node.mark?.line
            for objective in area.objectives {
                if !numbers.contains(objective) {
                    root.faults.report(
                        TermsNode.file, line, field, "there is no objective \(objective)", remedy: "name a number of the objectives")
                }
                if let other = areaOfObjective.updateValue(area.number, forKey: objective) {
                    root.faults.report(
                        TermsNode.file, line, field, "objective \(objective) is in area \(other) already",
                        remedy: "leave it in one of the two")
                }
            }
        }
    }

    private static func line(of error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    private static func problem(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let duplicates, _):
            "the key \(duplicates.map { "“\($0)”" }.joined(separator: ", ")) stands there twice"
        default: "\(error)"
        }
    }
}

/// Reads the `forms` of `terms.yaml`.
struct ProposalFormReader {
    let root: TermsNode
    let markers: [Marker]
    let fees: [Fee]

    /// More would be no form that people fill in.
    private static let sectionLimit = 40
    private static let fieldLimit = 60
    private static let rowLimit = 200
    private static let textLimit = 20_000

    func forms() -> [ProposalForm] {
        guard let node = root.optional("forms") else { return [] }
        node.expectKeys(ProposalDocument.allCases.map(\.rawValue))
        return ProposalDocument.allCases.compactMap { document in node.optional(document.rawValue).flatMap { form($0, document) } }
    }

    private func form(_ node: TermsNode, _ document: ProposalDocument) -> ProposalForm? {
        node.expectKeys(["title", "help", "sections", "sign_off"] + TermsNode.standingKeys)
        let title = node.text("title")
        let sections = unique(node.list("sections"), limit: Self.sectionLimit, "sections").compactMap(section)
        checkFacts(node, sections)
        guard let title else { return nil }
        if sections.isEmpty { node.report("has no sections", remedy: "add at least one") }
        return ProposalForm(
            document: document, title: title, help: node.optionalText("help") ?? "", sections: sections,
            signatures: node.list("sign_off").compactMap(signature), standing: node.standing())
    }

    private func signature(_ node: TermsNode) -> ProposalForm.Signature? {
        node.expectKeys(["party", "label", "required"])
        let (party, label) = (node.choice("party", ProposalForm.Signature.Party.self), node.text("label"))
        guard let party, let label else { return nil }
        return ProposalForm.Signature(party: party, label: label, isRequired: isTrue(node, "required", otherwise: true))
    }

    private func section(_ node: TermsNode) -> ProposalForm.Section? {
        node.expectKeys(["id", "title", "help", "fields"])
        let (id, title) = (node.identifier("id"), node.text("title"))
        let fields = unique(node.list("fields"), limit: Self.fieldLimit, "fields").compactMap { field($0, isWithinRows: false) }
        guard let id, let title else { return nil }
        if fields.isEmpty { node.report("has no fields", remedy: "add at least one") }
        return ProposalForm.Section(id: id, title: title, help: node.optionalText("help") ?? "", fields: fields)
    }

    // MARK: Fields

    private enum KindName: String, CaseIterable {
        case text
        case lines
        case wholeNumber = "whole-number"
        case day
        case choice
        case choices
        case rows
        case file
        case budget

        var keys: [String] {
            switch self {
            case .text, .lines: ["limit", "counted_in"]
            case .wholeNumber: ["from", "to"]
            case .day: []
            case .choice: ["list", "of"]
            case .choices: ["list", "of", "at_most"]
            case .rows: ["fields", "at_most"]
            case .file: ["category", "public", "at_most"]
            case .budget: ["fee", "years", "outputs"]
            }
        }
    }

    private func field(_ node: TermsNode, isWithinRows: Bool) -> ProposalField? {
        let (id, label, name) = (node.identifier("id"), node.text("label"), node.choice("kind", KindName.self))
        node.expectKeys(["id", "label", "help", "kind", "required", "fact"] + (name?.keys ?? KindName.allCases.flatMap(\.keys)))
        let fact = node.optional("fact") == nil ? nil : node.choice("fact", ProposalField.Fact.self)
        guard let id, let label, let name else { return nil }
        if isWithinRows, [.rows, .file, .budget].contains(name) {
            node.report("rows hold no “\(name.rawValue)”", remedy: "take the field out of the rows")
            return nil
        }
        guard let kind = kind(name, node) else { return nil }
        if let fact, !takes(fact, kind) {
            node.optional("fact")?.report(
                "“\(fact.rawValue)” cannot be taken from a field of this kind", remedy: "give it to a field that answers it")
        }
        return ProposalField(
            id: id, label: label, help: node.optionalText("help") ?? "", kind: kind,
            isRequired: isTrue(node, "required", otherwise: true), fact: fact)
    }

    private func kind(_ name: KindName, _ node: TermsNode) -> ProposalField.Kind? {
        switch name {
        case .text: return .text(textLimit(node, otherwise: 200))
        case .lines: return .lines(textLimit(node, otherwise: 4_000))
        case .wholeNumber:
            let (from, to) = (node.optional("from")?.integer ?? 0, node.optional("to")?.integer ?? 999_999_999)
            guard from <= to else {
                node.report("from \(from) to \(to) there is no number", remedy: "exchange the two")
                return nil
            }
            return .wholeNumber(from...to)
        case .day: return .day
        case .choice: return choices(node).map { .choice($0) }
        case .choices: return choices(node).map { .choices($0, atMost: count(node, "at_most", Self.rowLimit, otherwise: Self.rowLimit)) }
        case .rows:
            let fields = unique(node.list("fields"), limit: Self.fieldLimit, "fields").compactMap { field($0, isWithinRows: true) }
            if fields.isEmpty { node.report("has no fields", remedy: "add at least one") }
            return .rows(fields, atMost: count(node, "at_most", Self.rowLimit, otherwise: 20))
        case .file:
            guard let category = node.identifier("category") else { return nil }
            return .file(
                ProposalField.FileAsked(
                    category: category, isPublic: isTrue(node, "public", otherwise: false), atMost: count(node, "at_most", 50, otherwise: 1)
                ))
        case .budget: return budget(node)
        }
    }

    private func budget(_ node: TermsNode) -> ProposalField.Kind {
        let fee = node.optionalText("fee")
        if let fee, !fees.contains(where: { $0.id == fee }) {
            node.optional("fee")?.report("there is no fee “\(fee)”", remedy: didYouMean(fee, among: fees.map(\.id)))
        }
        return .budget(
            ProposalField.BudgetAsked(
                fee: fee, years: count(node, "years", 10, otherwise: 3), hasOutputs: isTrue(node, "outputs", otherwise: false)))
    }

    private func textLimit(_ node: TermsNode, otherwise count: Int) -> ProposalField.TextLimit {
        let unit = node.optional("counted_in") == nil ? nil : node.choice("counted_in", ProposalField.TextLimit.Unit.self)
        return ProposalField.TextLimit(
            count: self.count(node, "limit", Self.textLimit, otherwise: count), unit: unit ?? .characters)
    }

    private static let lists: [String: ProposalField.ChoiceList] = {
        var lists: [String: ProposalField.ChoiceList] = [
            "thematic-areas": .thematicAreas, "objectives": .objectives, "countries": .countries, "regions": .regions,
            "principles": .principles, "organizations": .organizations,
        ]
        for kind in Organization.Kind.allCases { lists["organizations/\(kind.rawValue)"] = .organizationsOfKind(kind) }
        return lists
    }()

    /// Own choices stand in `list`; those of the fund are named by `of`, a marker's scale as `marker/ID`.
    private func choices(_ node: TermsNode) -> ProposalField.ChoiceList? {
        guard let name = node.optionalText("of") else {
            let own = unique(node.list("list"), limit: Self.rowLimit, "choices").compactMap { item -> FormChoice? in
                item.expectKeys(["id", "label"])
                let (id, label) = (item.identifier("id"), item.text("label"))
                guard let id, let label else { return nil }
                return FormChoice(id: id, label: label)
            }
            if own.isEmpty {
                node.report("has nothing to choose from", remedy: "give its choices as `list`, or as `of` a list of the fund")
            }
            return own.isEmpty ? nil : .own(own)
        }
        if name.hasPrefix("marker/") {
            let id = String(name.dropFirst("marker/".count))
            if markers.contains(where: { $0.id == id }) { return .marker(id) }
            node.optional("of")?.report("there is no marker “\(id)”", remedy: didYouMean(id, among: markers.map(\.id)))
            return nil
        }
        if let list = Self.lists[name] { return list }
        node.optional("of")?.report(
            "there is no list “\(name)”", remedy: didYouMean(name, among: Self.lists.keys.sorted() + ["marker/gender"]))
        return nil
    }

    // MARK: What is asked of them together

    /// Whether the answers of a kind can be what a fact says.
    private func takes(_ fact: ProposalField.Fact, _ kind: ProposalField.Kind) -> Bool {
        switch (fact, kind) {
        case (.title, .text), (.thematicArea, .choice(.thematicAreas)), (.durationMonths, .wholeNumber): true
        case (.purpose, .text), (.purpose, .lines): true
        case (.objectives, .choices(.objectives, _)), (.countries, .choices(.countries, _)), (.regions, .choices(.regions, _)): true
        case (.objectives, .choice(.objectives)), (.countries, .choice(.countries)), (.regions, .choice(.regions)): true
        case (.localAuthorities, .text), (.localAuthorities, .choices), (.localAuthorities, .choice): true
        case (.governmentEntities, .text), (.governmentEntities, .choices), (.governmentEntities, .choice): true
        default: false
        }
    }

    private func checkFacts(_ node: TermsNode, _ sections: [ProposalForm.Section]) {
        let all = sections.flatMap(\.fields)
        let withColumns = all.flatMap { field -> [ProposalField] in
            if case .rows(let columns, _) = field.kind { return [field] + columns }
            return [field]
        }
        if let twice = firstRepeated(withColumns.compactMap { $0.fact?.rawValue }) {
            node.report("two fields answer “\(twice)”", remedy: "leave it to one")
        }
        if !withColumns.contains(where: { $0.fact == .title && $0.isRequired }) {
            node.report("no field answers the title", remedy: "add a required field of the kind text with `fact: title`")
        }
        if let twice = firstRepeated(all.map(\.id)) {
            node.report("two fields have the id “\(twice)”", remedy: "give each its own, over all sections")
        }
        let budgets = all.count { if case .budget = $0.kind { true } else { false } }
        if budgets > 1 { node.report("there are \(budgets) budgets", remedy: "leave one") }
    }

    private func unique(_ nodes: [TermsNode], limit: Int, _ what: String) -> [TermsNode] {
        var seen: Set<String> = []
        for node in nodes {
            if let id = node.optionalText("id"), !seen.insert(id).inserted {
                node.report("“\(id)” stands in the list twice", remedy: "give each item its own")
            }
        }
        if nodes.count > limit { nodes[limit].report("there are more than \(limit) \(what)", remedy: "ask for less") }
        return Array(nodes.prefix(limit))
    }

    private func count(_ node: TermsNode, _ key: String, _ limit: Int, otherwise: Int) -> Int {
        guard let value = node.optional(key), let number = value.integer else { return otherwise }
        guard (1...limit).contains(number) else {
            value.report("\(number) is not between 1 and \(limit)", remedy: "choose another number")
            return otherwise
        }
        return number
    }

    private func isTrue(_ node: TermsNode, _ key: String, otherwise: Bool) -> Bool {
        node.optional(key) == nil ? otherwise : node.boolean(key) ?? otherwise
    }
}

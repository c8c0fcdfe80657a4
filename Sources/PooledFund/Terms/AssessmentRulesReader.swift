/// Reads the `assessment` of `terms.yaml`.
struct AssessmentRulesReader {
    let node: TermsNode

    /// More would be no rubric that people keep in mind.
    private static let criterionLimit = 30

    func rules() -> AssessmentRules? {
        node.expectKeys(
            [
                "documents", "scale", "threshold", "reviewers", "moderation_spread", "names_visible_to", "days", "reminder_days",
                "conflicts",
                "criteria",
            ] + TermsNode.standingKeys)
        let scale = node.required("scale").flatMap(scale)
        let (threshold, spread) = (number("threshold", 0...100), number("moderation_spread", 0...100))
        let (reviewers, days) = (number("reviewers", 1...9), number("days", 1...365))
        let reminderDays = number("reminder_days", 0...365)
        let visibility = node.choice("names_visible_to", AssessmentRules.NameVisibility.self)
        let criteria = criteria()
        if criteria.isEmpty { node.report("has no criteria", remedy: "add at least one") }
        if let days, let reminderDays, reminderDays >= days {
            node.optional("reminder_days")?.report("\(reminderDays) days before the end nobody has begun", remedy: "give less than \(days)")
        }
        guard let scale, let threshold, let spread, let reviewers, let days, let reminderDays, let visibility, !criteria.isEmpty else {
            return nil
        }
        return AssessmentRules(
            documents: choices("documents", ProposalDocument.self), criteria: criteria, scale: scale, threshold: threshold,
            reviewers: reviewers, moderationSpread: spread, namesVisibleTo: visibility, days: days, reminderDays: reminderDays,
            conflicts: Set(choices("conflicts", AssessmentRules.Conflict.self)), standing: node.standing())
    }

    private func scale(_ node: TermsNode) -> ClosedRange<Int>? {
        node.expectKeys(["from", "to"])
        guard let from = node.integer("from"), let to = node.integer("to") else { return nil }
        guard from >= 0, from < to, to <= 100 else {
            node.report("from \(from) to \(to) is no scale", remedy: "give whole numbers from 0 to 100, the lower one first")
            return nil
        }
        return from...to
    }

    private func number(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let value = node.required(key), let number = value.integer else { return nil }
        guard range.contains(number) else {
            value.report("\(number) is not between \(range.lowerBound) and \(range.upperBound)", remedy: "choose another number")
            return nil
        }
        return number
    }

    private func choices<Choice: RawRepresentable & CaseIterable & Hashable>(_ key: String, _: Choice.Type) -> [Choice]
    where Choice.RawValue == String {
        var chosen: [Choice] = []
        for item in node.list(key) {
            guard let text = item.string else { continue }
            guard let choice = Choice(rawValue: text) else {
                item.report("“\(text)” is not known here", remedy: didYouMean(text, among: Choice.allCases.map(\.rawValue)))
                continue
            }
            if !chosen.contains(choice) { chosen.append(choice) }
        }
        return chosen
    }

    private func criteria() -> [AssessmentRules.Criterion] {
        let nodes = node.list("criteria")
        if nodes.count > Self.criterionLimit {
            node.report("has \(nodes.count) criteria", remedy: "leave \(Self.criterionLimit) or fewer")
        }
        var seen: Set<String> = []
        return nodes.compactMap { item in
            item.expectKeys(["id", "name", "help", "weight"])
            let (id, name, weight) = (item.identifier("id"), item.text("name"), item.integer("weight"))
            if let id, !seen.insert(id).inserted { item.report("“\(id)” stands in the list twice", remedy: "give each item its own") }
            guard let id, let name, let weight else { return nil }
            guard (1...1_000).contains(weight) else {
                item.optional("weight")?.report("\(weight) is not between 1 and 1000", remedy: "choose another number")
                return nil
            }
            return AssessmentRules.Criterion(id: id, name: name, help: item.optionalText("help") ?? "", weight: weight)
        }
    }
}

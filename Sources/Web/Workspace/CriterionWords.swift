internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// A criterion of the Terms, with its number if it has one.
    func ruleText(_ rule: EligibilityRule) -> String {
        guard let value = rule.value else { return rule.rule }
        return say("screening.rule", ["rule": .text(rule.rule), "value": .number(value), "unit": .text(rule.unit)])
    }

    /// What the program found of a criterion: amounts as amounts are written, and names where the finding holds ids.
    func foundText(_ finding: RuleFinding, _ terms: Terms) -> String {
        let found = finding.found
        let parts = found.split(separator: ",").map { $0.drop { $0 == " " } }.map(String.init)
        guard !found.isEmpty, let check = terms.eligibility.first(where: { $0.id == finding.rule })?.check else { return found }
        switch check {
        case .budgetMinimum, .budgetMaximum, .indirectMaximum:
            return (try? Money(parsing: found, currency: terms.currency)).map(wording.money) ?? found
        case .markersMinimum, .markersAnswered:
            return wording.list(parts.map { terms.marker($0)?.name ?? $0 })
        case .areaAndObjectives:
            return say("criterion.objectives", ["list": .text(wording.list(parts)), "count": .number(parts.count)])
        case .wholeOfGovernment:
            guard parts.count == 2, let government = Int(parts[0]), let local = Int(parts[1]) else { return found }
            return wording.list([
                say("criterion.government", ["count": .number(government)]), say("criterion.local", ["count": .number(local)]),
            ])
        case .durationMaximum: return Int(found).map { say("criterion.months", ["count": .number($0)]) } ?? found
        case .organizationsMinimum: return Int(found).map { say("criterion.organizations", ["count": .number($0)]) } ?? found
        }
    }
}

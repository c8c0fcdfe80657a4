internal import Ledger

/// What the program finds of a criterion of the Terms; what it cannot answer is left to an officer.
public struct RuleFinding: Sendable, Hashable, Identifiable {
    public var id: String { rule }
    /// The id of the criterion.
    public let rule: String
    public let answer: Answer
    /// What was found: a number, an amount, the markers that fall short. Empty where nothing was.
    public let found: String

    public enum Answer: String, Sendable, Hashable, CaseIterable, Codable {
        case met
        case notMet = "not-met"
        /// It is not asked of this proposal.
        case notAsked = "not-asked"
        /// An officer answers.
        case open
    }
}

extension ProposalField {
    /// The facts that it answers, or fields within its rows do.
    fileprivate var facts: [Fact] {
        if case .rows(let columns, _) = kind { return columns.compactMap(\.fact) + (fact.map { [$0] } ?? []) }
        return fact.map { [$0] } ?? []
    }
}

/// Sets what is proposed against the criteria of the Terms.
struct RuleReader {
    let terms: Terms
    let form: ProposalForm
    let choices: FormChoices
    let organizations: [String]

    /// One for each criterion, in the order of the Terms.
    func findings(_ reading: FormReading) -> [RuleFinding] {
        terms.eligibility.map { rule in
            guard let check = rule.check, canAnswer(check) else { return RuleFinding(rule: rule.id, answer: .open, found: "") }
            guard isAsked(rule, reading.facts) else { return RuleFinding(rule: rule.id, answer: .notAsked, found: "") }
            let (isMet, found) = result(check, rule.value ?? 0, reading)
            return RuleFinding(rule: rule.id, answer: isMet ? .met : .notMet, found: found)
        }
    }

    /// Whether the form asks for what is looked at; an officer answers what it does not.
    private func canAnswer(_ check: EligibilityRule.Check) -> Bool {
        let facts = Set(form.sections.flatMap { $0.fields.flatMap(\.facts) })
        return switch check {
        case .organizationsMinimum, .markersMinimum, .markersAnswered: true
        case .durationMaximum: facts.contains(.durationMonths)
        case .budgetMinimum, .budgetMaximum, .indirectMaximum: form.budget != nil
        case .areaAndObjectives: facts.isSuperset(of: [.thematicArea, .objectives])
        case .wholeOfGovernment: !facts.isDisjoint(with: [.governmentEntities, .localAuthorities])
        }
    }

    private func isAsked(_ rule: EligibilityRule, _ facts: ProposalFacts) -> Bool {
        switch rule.scope {
        case .every: true
        case .oneCountry: facts.countries.count == 1
        case .severalCountries: facts.countries.count > 1
        }
    }

    private func result(_ check: EligibilityRule.Check, _ value: Int, _ reading: FormReading) -> (isMet: Bool, found: String) {
        let facts = reading.facts
        switch check {
        case .organizationsMinimum:
            let count = organizations.count { choices.organization($0)?.kind == .unitedNations }
            return (count >= value, String(count))
        case .durationMaximum: return ((facts.durationMonths ?? .max) <= value, facts.durationMonths.map { String($0) } ?? "")
        case .budgetMinimum: return (!isLess(reading.totals.total, than: value), reading.totals.total.plainDecimal)
        case .budgetMaximum:
            return (!isMore(reading.totals.total, than: value), reading.totals.total.plainDecimal)
        case .indirectMaximum: return (isWithinRate(reading.totals), reading.totals.indirect.plainDecimal)
        case .markersMinimum:
            let short = reading.markers.keys.sorted().filter { !isAtMinimum($0, reading.markers[$0] ?? "") }
            return (short.isEmpty, short.joined(separator: ", "))
        case .markersAnswered:
            // A marker whose scale is not on record cannot be answered by choosing.
            let open = reading.markers.keys.sorted().filter {
                (reading.markers[$0] ?? "").isEmpty && !(terms.marker($0)?.scale ?? []).isEmpty
            }
            return (open.isEmpty, open.joined(separator: ", "))
        case .areaAndObjectives:
            return (facts.thematicArea != nil && !facts.objectives.isEmpty, facts.objectives.map { String($0) }.joined(separator: ", "))
        case .wholeOfGovernment:
            let (government, local) = (Set(reading.governmentEntities).count, facts.localAuthorities.count)
            return (government > 1 || local > 0, "\(government), \(local)")
        }
    }

    /// The amount of a rule is in whole units of the currency.
    private func isLess(_ amount: Money, than value: Int) -> Bool { Int128(amount.minorUnits) < Int128(value) * unit }
    private func isMore(_ amount: Money, than value: Int) -> Bool { Int128(amount.minorUnits) > Int128(value) * unit }
    private var unit: Int128 { (0..<terms.currency.minorUnits).reduce(Int128(1)) { product, _ in product * 10 } }

    private func isWithinRate(_ totals: BudgetGrid.Totals) -> Bool {
        guard let id = form.budget?.asked.fee, let rate = terms.fee(id)?.rate else { return true }
        return Int128(totals.indirect.minorUnits) * Int128(rate.denominator) <= Int128(totals.direct.minorUnits) * Int128(rate.numerator)
    }

    /// A scale begins with its lowest score.
    private func isAtMinimum(_ id: String, _ answer: String) -> Bool {
        guard let marker = terms.marker(id), let minimum = marker.minimum, let lowest = marker.scale.firstIndex(of: minimum) else {
            return true
        }
        return (marker.scale.firstIndex(of: answer) ?? -1) >= lowest
    }
}

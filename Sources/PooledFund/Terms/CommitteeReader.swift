internal import Ledger

/// Reads the `committee` of `terms.yaml`.
struct CommitteeReader {
    let node: TermsNode
    let areas: [ThematicArea]
    let regions: [Region]

    func committee() -> Committee? {
        node.expectKeys(
            ["name", "chair", "decides_by", "seats", "quorum", "no_objection", "interests", "secretariat_host", "pipeline", "portfolio"]
                + TermsNode.standingKeys)
        let (name, chair, decidesBy) = (node.text("name"), node.text("chair"), node.text("decides_by"))
        let seats = TermsReader(root: node).items(
            "seats", ["id", "constituency", "kind", "part", "holder", "from", "to"], seat)
        if seats.count(where: { $0.part == .chair }) > 1 {
            node.report("has more than one seat that chairs", remedy: "leave `part: chair` with one of them")
        }
        let rules = CommitteeRules(
            quorum: quorum(seats), noObjection: node.optional("no_objection").flatMap(noObjection), interests: interests(seats),
            secretariatHost: node.optional("secretariat_host") == nil ? nil : node.identifier("secretariat_host"),
            pipeline: node.optional("pipeline").map(pipeline), portfolio: portfolio())
        checkChair(seats)
        checkQuorum(seats, rules)
        guard let name, let chair, let decidesBy else { return nil }
        return Committee(name: name, chair: chair, decidesBy: decidesBy, seats: seats, rules: rules, standing: node.standing())
    }

    private func seat(_ node: TermsNode) -> Committee.Seat? {
        let (id, constituency) = (node.identifier("id"), node.text("constituency"))
        let part = node.optional("part") == nil ? .member : node.choice("part", Committee.Seat.Part.self) ?? .member
        let kind = node.optional("kind") == nil ? part.rawValue : node.identifier("kind")
        guard let id, let constituency, let kind else { return nil }
        return Committee.Seat(
            id: id, constituency: constituency, kind: kind, part: part, holder: node.optionalText("holder"), from: node.date("from"),
            to: node.date("to"), standing: node.standing())
    }

    // MARK: Quorum

    private func quorum(_ seats: [Committee.Seat]) -> [CommitteeRules.Quorum] {
        let deciding = seats.filter(\.part.decides)
        return node.list("quorum").compactMap { item in
            item.expectKeys(["constituency", "at_least"] + TermsNode.standingKeys)
            let constituency = item.optionalText("constituency")
            guard let atLeast = item.integer("at_least") else { return nil }
            let count = deciding.count { constituency == nil || $0.constituency == constituency }
            if let constituency, count == 0 {
                item.report(
                    "no seat that decides is of the constituency “\(constituency)”",
                    remedy: didYouMean(constituency, among: Set(deciding.map(\.constituency)).sorted()))
            } else if atLeast < 1 || atLeast > count {
                item.report(
                    "\(atLeast) of \(count) seats cannot be there", remedy: "ask for a number from 1 to the number of seats that decide")
            }
            return CommitteeRules.Quorum(constituency: constituency, atLeast: atLeast, standing: item.standing())
        }
    }

    /// A quorum that asks for every seat of a constituency is gone as soon as one of them leaves an item.
    private func checkQuorum(_ seats: [Committee.Seat], _ rules: CommitteeRules) {
        for (index, quorum) in rules.quorum.enumerated() {
            let asked = seats.filter { $0.part.decides && (quorum.constituency == nil || $0.constituency == quorum.constituency) }
            let leaving = rules.interests.first { rule in rule.consequence == .leave && asked.contains { $0.kind == rule.kind } }
            guard quorum.atLeast == asked.count, let leaving else { continue }
            node.list("quorum").dropFirst(index).first?.report(
                "asks for all \(asked.count) seats, and one of them leaves an item by the rule for “\(leaving.kind)” and “\(leaving.interest.rawValue)”: no item of that kind could be decided",
                remedy: "ask for fewer, or let the rule be `abstain` or `disclose`")
        }
    }

    // MARK: Interests

    private func interests(_ seats: [Committee.Seat]) -> [CommitteeRules.InterestRule] {
        var seen: Set<String> = []
        return node.list("interests").compactMap { item in
            item.expectKeys(["kind", "interest", "consequence"] + TermsNode.standingKeys)
            let (kind, interest, consequence) = (
                item.identifier("kind"), item.choice("interest", Interest.self), item.choice("consequence", Consequence.self)
            )
            guard let kind, let interest, let consequence else { return nil }
            if !seats.contains(where: { $0.kind == kind }) {
                item.report("no seat is of the kind “\(kind)”", remedy: didYouMean(kind, among: Set(seats.map(\.kind)).sorted()))
            }
            if !seen.insert("\(kind) \(interest.rawValue)").inserted {
                item.report("“\(kind)” and “\(interest.rawValue)” stand in the list twice", remedy: "leave one of them")
            }
            return CommitteeRules.InterestRule(kind: kind, interest: interest, consequence: consequence, standing: item.standing())
        }
    }

    /// The organization that chairs takes part in much of what the committee decides; whoever is sent out cannot chair.
    private func checkChair(_ seats: [Committee.Seat]) {
        let kinds = Set(seats.filter { $0.part == .chair }.map(\.kind))
        for item in node.list("interests") {
            guard let kind = item.optionalText("kind"), kinds.contains(kind),
                item.optionalText("consequence") == Consequence.leave.rawValue,
                let interest = item.optionalText("interest"), interest != Interest.declared.rawValue
            else { continue }
            item.report(
                "empties the chair whenever its seat has the interest “\(interest)”",
                remedy: "let the chair disclose it, or abstain")
        }
    }

    // MARK: Time

    private func noObjection(_ node: TermsNode) -> CommitteeRules.NoObjection? {
        node.expectKeys(["days", "counted_in"] + TermsNode.standingKeys)
        let count =
            node.optional("counted_in") == nil ? .days : node.choice("counted_in", CommitteeRules.NoObjection.Count.self) ?? .days
        guard let days = number(node, "days", 1...365) else { return nil }
        return CommitteeRules.NoObjection(days: days, countedIn: count)
    }

    private func pipeline(_ node: TermsNode) -> CommitteeRules.PipelineRules {
        node.expectKeys(["expires_after_months", "confirmed_every_months"] + TermsNode.standingKeys)
        let rules = CommitteeRules.PipelineRules(
            expiresAfterMonths: optionalNumber(node, "expires_after_months", 1...240),
            confirmedEveryMonths: optionalNumber(node, "confirmed_every_months", 1...240))
        if let expires = rules.expiresAfterMonths, let confirmed = rules.confirmedEveryMonths, confirmed > expires {
            node.report(
                "an entry would expire after \(expires) months, before it is to be confirmed after \(confirmed)",
                remedy: "let it be confirmed earlier")
        }
        return rules
    }

    private func optionalNumber(_ node: TermsNode, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        node.optional(key) == nil ? nil : number(node, key, range)
    }

    private func number(_ node: TermsNode, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let number = node.integer(key) else { return nil }
        guard range.contains(number) else {
            node.optional(key)?.report(
                "\(number) is not between \(range.lowerBound) and \(range.upperBound)", remedy: "choose another number")
            return nil
        }
        return number
    }

    // MARK: What is suggested

    private func portfolio() -> CommitteeRules.PortfolioRules {
        guard let node = node.optional("portfolio") else { return CommitteeRules.none.portfolio }
        node.expectKeys(["quality_threshold", "areas", "regions"] + TermsNode.standingKeys)
        let ofAreas = limits(node.list("areas"), "area") { item -> EarmarkTarget? in
            guard let number = item.integer("area") else { return nil }
            if !areas.contains(where: { $0.number == number }) {
                item.report("there is no thematic area \(number)", remedy: "name a number of the thematic areas")
            }
            return .area(number)
        }
        let ofRegions = limits(node.list("regions"), "region") { item -> EarmarkTarget? in
            guard let id = item.identifier("region") else { return nil }
            if !regions.contains(where: { $0.id == id }) {
                item.report("there is no region “\(id)”", remedy: didYouMean(id, among: regions.map(\.id)))
            }
            return .region(id)
        }
        return CommitteeRules.PortfolioRules(
            qualityThreshold: node.optional("quality_threshold") == nil ? nil : node.rate("quality_threshold"),
            limits: ofAreas + ofRegions, standing: node.standing())
    }

    private func limits(
        _ items: [TermsNode], _ key: String, target: (TermsNode) -> EarmarkTarget?
    ) -> [CommitteeRules.PortfolioRules.Limit] {
        var floors = Int128(0)
        let limits = items.compactMap { item -> CommitteeRules.PortfolioRules.Limit? in
            item.expectKeys([key, "at_least", "at_most"] + TermsNode.standingKeys)
            let atLeast = item.optional("at_least") == nil ? nil : item.rate("at_least")
            let atMost = item.optional("at_most") == nil ? nil : item.rate("at_most")
            if let atLeast, let atMost, atMost < atLeast {
                item.report("is to have at least \(atLeast) and at most \(atMost)", remedy: "choose a range that there is")
            }
            if let atLeast {
                floors += (Int128(atLeast.numerator) * 1_000_000 + Int128(atLeast.denominator) - 1) / Int128(atLeast.denominator)
            }
            return target(item).map { CommitteeRules.PortfolioRules.Limit(target: $0, atLeast: atLeast, atMost: atMost) }
        }
        if floors > 1_000_000, let first = items.first {
            first.report("the least shares of every \(key) together are more than all the money", remedy: "lower some of them")
        }
        return limits
    }
}

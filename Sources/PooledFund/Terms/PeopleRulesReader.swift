/// Reads the `people` of `terms.yaml`.
struct PeopleRulesReader {
    let node: TermsNode

    func rules() -> PeopleRules {
        node.expectKeys(["second_factor", "firewall", "addresses_visible_to", "retention"] + TermsNode.standingKeys)
        let retention = node.required("retention")
        retention?.expectKeys(["particulars_years", "traces_days"])
        return PeopleRules(
            secondFactor: roles(node, "second_factor"), firewall: firewall(), addressesVisibleTo: roles(node, "addresses_visible_to"),
            retention: PeopleRules.Retention(
                particularsYears: retention.flatMap { number($0, "particulars_years", 0...100) },
                tracesDays: retention.flatMap { number($0, "traces_days", 7...3650) }),
            standing: node.standing())
    }

    private func number(_ node: TermsNode, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let value = node.optional(key), let number = value.integer else { return nil }
        guard range.contains(number) else {
            value.report("\(number) is not between \(range.lowerBound) and \(range.upperBound)", remedy: "choose another number")
            return nil
        }
        return number
    }

    private func firewall() -> [PeopleRules.FirewallSide] {
        var taken: [Role: String] = [:]
        return node.list("firewall").compactMap { item in
            item.expectKeys(["id", "name", "roles"])
            let (id, name, roles) = (item.identifier("id"), item.text("name"), roles(item, "roles"))
            guard let id, let name else { return nil }
            for role in roles.sorted(by: { $0.rawValue < $1.rawValue }) {
                if let other = taken.updateValue(id, forKey: role) {
                    item.report("“\(role.rawValue)” is on the side “\(other)” already", remedy: "leave it on one side")
                }
            }
            return PeopleRules.FirewallSide(id: id, name: name, roles: roles)
        }
    }

    private func roles(_ node: TermsNode, _ key: String) -> Set<Role> {
        Set(
            node.list(key).compactMap { item in
                guard let name = item.string else { return nil }
                if let role = Role(rawValue: name) { return role }
                item.report("there is no role “\(name)”", remedy: didYouMean(name, among: Role.allCases.map(\.rawValue)))
                return nil
            })
    }
}

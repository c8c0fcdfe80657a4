/// The figures in words and columns.
enum Report {
    static func table(engine: String, entries: Int, clients: [(Int, [Round])]) -> String {
        let title =
            "\(engine), actions of \(entries == 1 ? "one entry" : "\(entries) entries") of two postings; actions a second, median of the rounds"
        let header = row([
            "clients", "door", "postings/s", "engine (a)", "engine (b)", "door÷(a)", "door÷(b)", "per commit", "between", "rules", "SQL",
            "commit",
        ])
        let rows = clients.map { clients, rounds in
            let door = median(rounds.map(\.door.perSecond))
            let wall = rounds.map { $0.door.elapsed }.reduce(.zero, +)
            let costs = rounds.map(\.costs)
            let total = costs.map(\.total).reduce(.zero, +)
            let body = costs.map(\.body).reduce(.zero, +)
            let sql = costs.map(\.sql).reduce(.zero, +)
            let actions = rounds.map(\.door.actions).reduce(0, +)
            return row([
                "\(clients)", whole(door), whole(door * Double(entries * 2)), whole(median(rounds.map(\.each.perSecond))),
                whole(median(rounds.map(\.shared.perSecond))), ratio(median(rounds.map { $0.door.perSecond / $0.each.perSecond })),
                ratio(median(rounds.map { $0.door.perSecond / $0.shared.perSecond })),
                decimal(Double(actions) / Double(max(1, costs.map(\.commits).reduce(0, +))), digits: 1),
                share(wall - total, of: wall), share(body - sql, of: wall), share(sql, of: wall), share(total - body, of: wall),
            ])
        }
        return ([title, header] + rows).joined(separator: "\n") + "\n"
    }

    /// What the columns mean; printed once.
    static let legend = """
        door: clients that post through the door, each one action after the other. Engine: the same rows with prepared statements and the same
        durability, (a) with a commit for every action, on as many connections as clients where the engine has them, (b) on one connection with
        as many actions a commit as could share one at the door: one of each client, at most 64. Per commit: how many actions shared one. Then where the door's time went, in percent of the clock: between commits,
        in rules and digests, in SQL, in beginning and committing (on PostgreSQL: and in what was sent and not answered before).

        """

    private static func row(_ cells: [String]) -> String {
        cells.map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }.joined()
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    private static func whole(_ value: Double) -> String { "\(Int(value.rounded()))" }

    private static func ratio(_ value: Double) -> String { decimal(value, digits: 2) }

    private static func decimal(_ value: Double, digits: Int) -> String {
        let scale = digits == 1 ? 10 : 100
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = "\(scaled % scale)"
        return "\(scaled / scale).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
    }

    private static func share(_ part: Duration, of whole: Duration) -> String { "\(Int((part / whole * 100).rounded()))%" }
}

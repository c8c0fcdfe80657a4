internal import ArgumentParser
internal import Credentials
internal import HTML
internal import Ledger
internal import PooledFund

/// `pooledfund people`
struct PeopleCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Lets people in, lists them, ends their roles, erases them.",
        subcommands: [PeopleInvite.self, PeopleList.self, PeopleEnd.self, PeopleErase.self]
    )
}

/// `pooledfund people invite`
struct PeopleInvite: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Gives somebody a role in a fund, and prints the link with which they join.",
        discussion: """
            This is how the first administrator gets in; afterwards people are invited in the workspace. The link is good once, and for a while. \
            It is printed and kept nowhere: whoever has it can come in as the person, so hand it over by a way that only they can read. Somebody \
            who has joined already needs no link, and none is printed.

            EXAMPLES:
              pooledfund people invite somebody@example.org --role administrator --organization iom --name "Somebody"
              pooledfund people invite somebody@example.org --role auditor --organization iom --engagement "Audit of 2026" --until 2027-06-30

            EXIT CODES: 0 invited; 1 refused; 64 misuse.
            """
    )

    @ArgumentParser.Argument(help: "The e-mail address.")
    var email: String
    @Option(
        help: ArgumentHelp("The role: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "role"), transform: role)
    var role: Role
    @Option(
        help: ArgumentHelp(
            "The organization of the fund that the person speaks for, or for a contributor the contributor.", valueName: "id"))
    var organization: String
    @Option(help: ArgumentHelp("The fund's slug; may be left out if only one is on record.", valueName: "slug"))
    var fund: String?
    @Option(
        help: ArgumentHelp(
            "The person's name, which they can change. (default: as it is known, or what stands before the @)", valueName: "name"))
    var name: String = ""
    @Option(help: ArgumentHelp("The seat of the committee, for its members and alternates.", valueName: "id"))
    var seat: String?
    @Option(help: ArgumentHelp("What an auditor is engaged for.", valueName: "text"))
    var engagement: String?
    @Option(help: ArgumentHelp("The first day. (default: today)", valueName: "date"), transform: day)
    var from: CivilDate?
    @Option(help: ArgumentHelp("The last day. (default: none is foreseen)", valueName: "date"), transform: day)
    var until: CivilDate?
    @Option(help: ArgumentHelp("What the link begins with, such as https://fund.example.org.", valueName: "url"))
    var address: String = ""
    @OptionGroup var database: DatabaseOptions

    private static func role(named name: String) throws -> Role {
        guard let role = Role(rawValue: name) else {
            throw ValidationError("there is no role “\(name)”: write one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return role
    }

    func validate() throws {
        guard address.isEmpty || Address(address)?.text.hasPrefix("http") ?? false else {
            throw ValidationError("“\(address)” is no address of a site: write https://fund.example.org")
        }
    }

    func run(in house: House, output: any Output) async throws {
        let fund = try house.fund(named: fund)
        let invitation = InvitePerson(
            fund: fund, email: email, personName: name.isEmpty ? String(email.prefix { $0 != "@" }) : name, role: role,
            organization: organization, seat: seat, engagement: engagement,
            startsOn: from, endsOn: until)
        let performed = try await house.office.perform(invitation, by: .machineOperator)
        let (person, holding) = (performed.outcome.person, performed.outcome.holding)
        let event = performed.event.map { "; audit event \($0)" } ?? ""
        await output.note("\(fund): \(role.rawValue) for \(organization), person \(person), holding \(holding)\(event)")
        guard try await !house.office.hasJoined(person) else {
            await output.note("whoever has the address has joined already, and needs no link")
            return
        }
        let secret = BearerSecret(.invitation)
        try await house.office.makeEntryLink(secret.digest, to: person, for: .join, now: house.clock())
        let path = Address(segments: ["invitation"], query: [("secret", secret.text)])
        try await output.write("\(address.hasSuffix("/") ? String(address.dropLast()) : address)\(path.text)\n")
    }
}

/// `pooledfund people list`
struct PeopleList: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists who holds, will hold or held a role in a fund.",
        discussion: """
            One line a role, in the order of the first days. Of somebody who was erased the name and the address are empty.

            EXAMPLE:
              pooledfund people list migration-mptf --format csv

            EXIT CODES: 0 shown; 1 refused; 64 misuse.
            """
    )

    @ArgumentParser.Argument(help: "The fund's slug.")
    var fund: String
    @Option(help: "The form of the list.")
    var format: ListFormat = .text
    @OptionGroup var database: DatabaseOptions

    private static let columns = [
        "holding", "person", "name", "email", "role", "organization", "seat", "engagement", "from", "until", "standing",
    ]

    func run(in house: House, output: any Output) async throws {
        try house.requireFund(fund)
        let rows = try await house.office.holders(in: fund, now: house.clock()).map(Self.values)
        switch format {
        case .text:
            let shown = [4, 2, 3, 5, 8, 9, 10, 0]
            let table = TextTable(
                shown.map { Self.columns[$0] }, rightAligned: [], rows: rows.map { row in shown.map { row[$0] } })
            try await output.write(table.text)
        case .json:
            try await output.write(
                json: ["items": rows.map { row in Dictionary(zip(Self.columns, row), uniquingKeysWith: { first, _ in first }) }])
        case .csv:
            let header = Self.columns.map { CSVField.text($0) }
            try await output.write(csvLines([header] + rows.map { row in row.map { CSVField.text($0) } }))
        }
    }

    private static func values(_ holder: Holder) -> [String] {
        let holding = holder.holding
        return [
            holding.id, holding.person, holder.particulars?.name ?? "", holder.particulars?.email ?? "", holding.role.rawValue,
            holding.organization, holding.seat ?? "", holding.engagement ?? "", holding.startsOn.description,
            holding.endsOn?.description ?? "", holder.standing.rawValue,
        ]
    }
}

/// `pooledfund people end`
struct PeopleEnd: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: "Ends a role before its time: at once, or after a day.",
        discussion: """
            From then on it gives no right, to nobody's session and to no token. What the person did stays on record.

            EXAMPLE:
              pooledfund people end 01900000-0000-7000-8000-000000000000 --fund migration-mptf --reason "Moved to another post"

            EXIT CODES: 0 ended; 1 refused; 64 misuse.
            """
    )

    @ArgumentParser.Argument(help: ArgumentHelp("The role that is held, as “people list” gives it.", valueName: "holding"))
    var holding: String
    @Option(help: ArgumentHelp("The fund's slug.", valueName: "slug"))
    var fund: String
    @Option(help: ArgumentHelp("Why; it stays on record.", valueName: "text"))
    var reason: String
    @Option(name: .customLong("last-day"), help: ArgumentHelp("The last day. (default: it ends now)", valueName: "date"), transform: day)
    var lastDay: CivilDate?
    @OptionGroup var database: DatabaseOptions

    func run(in house: House, output: any Output) async throws {
        try house.requireFund(fund)
        let action = EndRole(fund: fund, holding: holding, reason: reason, lastDay: lastDay)
        let performed = try await house.office.perform(action, by: .machineOperator)
        await output.note("\(fund): ended at \(performed.outcome.endedAt)\(performed.event.map { "; audit event \($0)" } ?? "")")
    }
}

/// `pooledfund people erase`
struct PeopleErase: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erases the name and address of somebody who no longer holds a role.",
        discussion: """
            What they did stays on record, under an opaque id, and the audit chain stays whole. It cannot be taken back; a backup from before \
            still has what was erased.

            EXAMPLE:
              pooledfund people erase 01900000-0000-7000-8000-000000000000 --fund migration-mptf --reason "Asked for it"

            EXIT CODES: 0 erased; 1 refused; 64 misuse.
            """
    )

    @ArgumentParser.Argument(help: ArgumentHelp("The person, as “people list” gives them.", valueName: "person"))
    var person: String
    @Option(help: ArgumentHelp("The fund's slug.", valueName: "slug"))
    var fund: String
    @Option(help: ArgumentHelp("Why, without repeating what is erased; it stays on record.", valueName: "text"))
    var reason: String
    @OptionGroup var database: DatabaseOptions

    func run(in house: House, output: any Output) async throws {
        try house.requireFund(fund)
        let performed = try await house.office.perform(ErasePerson(fund: fund, person: person, reason: reason), by: .machineOperator)
        await output.note("\(fund): erased \(person)\(performed.event.map { "; audit event \($0)" } ?? "")")
    }
}

extension House {
    /// The fund that is named, or the only one.
    fileprivate func fund(named name: String?) throws -> String {
        if let name {
            try requireFund(name)
            return name
        }
        let funds = office.funds
        guard funds.count == 1, let fund = funds.first else {
            throw Refusal(
                funds.isEmpty ? "no fund is on record" : "there are several funds: \(funds.joined(separator: ", "))",
                remedy: funds.isEmpty ? "load one first: pooledfund fund load DIR" : "say which: --fund \(funds.first ?? "")")
        }
        return fund
    }
}

private func day(_ text: String) throws -> CivilDate {
    guard let date = try? CivilDate(parsing: text), date.isComplete else {
        throw ValidationError("“\(text)” is not a day. Write 2024-01-31.")
    }
    return date
}

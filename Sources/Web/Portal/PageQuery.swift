internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund

/// The query of a request: the parameters that its page understands, each given once and readable.
struct PageQuery: Hashable, Sendable {
    private(set) var values: [QueryParameter: String] = [:]

    /// The longest query that is read at all.
    static let lengthLimit = 2_000

    init() {}

    /// - Parameter query: what follows the question mark, as it was sent.
    init(parsing query: String, allowing parameters: [QueryParameter]) throws(Failure) {
        guard query.utf8.count <= Self.lengthLimit else { throw Failure(.badRequest, "error.query-too-long") }
        let allowed = Set([QueryParameter.asOf] + parameters)
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = percentDecoded(parts[0]), let value = percentDecoded(parts.count == 2 ? parts[1] : "") else {
                throw Failure(.badRequest, "error.query-unreadable")
            }
            if name == "known-at" { throw Failure(.forbidden, "error.known-at") }
            guard let parameter = QueryParameter(rawValue: name), allowed.contains(parameter) else { continue }
            guard values[parameter] == nil else { throw Self.unreadable(parameter, value) }
            // An empty filter of a form is no filter; an empty date is a mistake.
            if !value.isEmpty || parameter == .asOf { values[parameter] = value }
            if parameter.isIdentifier, !value.isEmpty, !isIdentifier(value) { throw Self.unreadable(parameter, value) }
        }
        _ = try asOf
        _ = try pageNumber
    }

    subscript(_ parameter: QueryParameter) -> String? {
        get { values[parameter] }
        set { values[parameter] = newValue }
    }

    /// The same query for every way of writing it, percent-encoded: part of the key of a cached page. Encoded because a value may hold `&` and `=`, and
    /// because texts that Unicode calls equal are not the same address.
    var normalized: String { String(Address(segments: [], query: pairs).text.drop { $0 != "?" }.dropFirst()) }

    var pairs: [(String, String)] {
        QueryParameter.allCases.compactMap { parameter in values[parameter].map { (parameter.rawValue, $0) } }
    }

    /// The day given in the address; nil for the latest.
    var asOf: CivilDate? {
        get throws(Failure) {
            guard let text = values[.asOf] else { return nil }
            guard let day = try? CivilDate(parsing: text), day.isComplete else {
                throw Failure(.badRequest, "error.date", Self.unreadable(.asOf, text).arguments)
            }
            return day
        }
    }

    /// From 1.
    var pageNumber: Int {
        get throws(Failure) {
            guard let text = values[.page] else { return 1 }
            guard let number = wholeNumber(text), number > 0 else { throw Self.unreadable(.page, text) }
            return number
        }
    }

    /// The longest part of a list in JSON.
    static let limitOfLists = 1_000

    /// Rows of one part of a list in JSON.
    var limit: Int {
        get throws(Failure) {
            guard let text = values[.limit] else { return Self.limitOfLists }
            guard let number = wholeNumber(text), (1...Self.limitOfLists).contains(number) else { throw Self.unreadable(.limit, text) }
            return number
        }
    }

    func choice<Choice: RawRepresentable>(_ parameter: QueryParameter, _: Choice.Type = Choice.self) throws(Failure) -> Choice?
    where Choice.RawValue == String {
        guard let text = values[parameter] else { return nil }
        guard let choice = Choice(rawValue: text) else { throw Self.unreadable(parameter, text) }
        return choice
    }

    static func unreadable(_ parameter: QueryParameter, _ value: String) -> Failure {
        Failure(
            .badRequest, "error.parameter",
            ["parameter": parameter.rawValue, "value": String(value.unicodeScalars.prefix(80).map(Character.init))])
    }
}

/// The text that a percent-encoded part of an address stands for; nil if it is not UTF-8 or holds U+0000.
func percentDecoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "%"):
            guard let high = rest.popFirst().flatMap(hexadecimalDigit), let low = rest.popFirst().flatMap(hexadecimalDigit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
        default: bytes.append(byte)
        }
    }
    guard !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
}

/// The value of a hexadecimal digit in ASCII, of either case; nil for any other byte.
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
}

/// The filters of the list of programmes, as an address writes them.
struct ProgrammeQuery {
    static let parameters: [QueryParameter] = [
        .status, .area, .region, .country, .organization, .objective, .minimumBudget, .maximumBudget,
    ]
    static let unknown = "unknown"

    /// - Throws: 400 for a value that cannot be read or that the record does not know.
    static func filter(_ query: PageQuery, in record: PublicRecord) throws(Failure) -> ProgrammeFilter {
        let filter = try filter(query, currency: record.terms.currency)
        if case .known(let number) = filter.area, record.terms.thematicArea(number) == nil {
            throw PageQuery.unreadable(.area, String(number))
        }
        if case .known(let id) = filter.region, record.terms.region(id) == nil { throw PageQuery.unreadable(.region, id) }
        if let iso3 = filter.country, record.country(iso3) == nil { throw PageQuery.unreadable(.country, iso3) }
        if let id = filter.organization, record.organization(id) == nil { throw PageQuery.unreadable(.organization, id) }
        if let number = filter.objective, record.terms.objective(number) == nil { throw PageQuery.unreadable(.objective, String(number)) }
        return filter
    }

    private static func filter(_ query: PageQuery, currency: Currency) throws(Failure) -> ProgrammeFilter {
        var filter = ProgrammeFilter()
        if let text = query[.status] {
            guard let status = status(text) else { throw PageQuery.unreadable(.status, text) }
            filter.status = status
        }
        if let text = query[.area] {
            guard let area = area(text) else { throw PageQuery.unreadable(.area, text) }
            filter.area = area
        }
        filter.region = query[.region].map { $0 == unknown ? .unknown : .known($0) }
        filter.country = query[.country]
        filter.organization = query[.organization]
        if let text = query[.objective] {
            guard let number = wholeNumber(text) else { throw PageQuery.unreadable(.objective, text) }
            filter.objective = number
        }
        filter.minimumBudget = try amount(.minimumBudget, in: query, currency: currency)
        filter.maximumBudget = try amount(.maximumBudget, in: query, currency: currency)
        return filter
    }

    static func values(of filter: ProgrammeFilter) -> [QueryParameter: String] {
        var values: [QueryParameter: String] = [:]
        values[.status] = filter.status.map { if case .known(let status) = $0 { status.rawValue } else { unknown } }
        values[.area] = filter.area.map { if case .known(let number) = $0 { String(number) } else { unknown } }
        values[.region] = filter.region.map { if case .known(let id) = $0 { id } else { unknown } }
        values[.country] = filter.country
        values[.organization] = filter.organization
        values[.objective] = filter.objective.map(String.init)
        values[.minimumBudget] = filter.minimumBudget.map(plain)
        values[.maximumBudget] = filter.maximumBudget.map(plain)
        return values
    }

    /// Without decimals that say nothing.
    private static func plain(_ amount: Money) -> String {
        let text = amount.plainDecimal
        let parts = text.split(separator: ".")
        return parts.count == 2 && parts[1].allSatisfy { $0 == "0" } ? String(parts[0]) : text
    }

    private static func status(_ text: String) -> StatusOfProgramme? {
        text == unknown ? .unknown : ProgrammeStatus(rawValue: text).map(StatusOfProgramme.known)
    }

    private static func area(_ text: String) -> AreaOfProgramme? {
        text == unknown ? .unknown : wholeNumber(text).map(AreaOfProgramme.known)
    }

    private static func amount(_ parameter: QueryParameter, in query: PageQuery, currency: Currency) throws(Failure) -> Money? {
        guard let text = query[parameter] else { return nil }
        // People write thousands apart.
        let digits = text.filter { ![",", " ", "\u{A0}", "\u{202F}", "'"].contains($0) }
        guard let amount = try? Money(parsing: digits, currency: currency), !amount.isNegative else {
            throw Failure(.badRequest, "error.amount", PageQuery.unreadable(parameter, text).arguments)
        }
        return amount
    }
}

/// What a field of a list holds, as JSON writes it. Any of them is null where nothing is on record.
enum ListedValue: Sendable, CaseIterable {
    case text
    /// `YYYY-MM-DD`, or less where no more is known.
    case day
    /// RFC 3339, in UTC.
    case instant
    /// A decimal text with ten places.
    case share
    /// Hundredths as a decimal text, or a whole number.
    case part
    /// A part, or money where the query asks for budgets.
    case counted
    case count
    case money
    case flag
    case texts
    case numbers
    /// What a figure may be: money, a share, a count or years.
    case figure

    /// As JSON Schema describes it.
    var schema: JSON {
        switch self {
        case .text: ["type": ["string", "null"]]
        case .day: ["type": ["string", "null"], "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"]
        case .instant: ["type": ["string", "null"], "format": "date-time"]
        case .share: ["type": ["string", "null"], "pattern": "^-?[0-9]+\\.[0-9]{10}$"]
        case .part: ["type": ["string", "integer", "null"], "pattern": "^[0-9]+(\\.[0-9]{1,2})?$"]
        case .counted:
            ["oneOf": [["$ref": "#/components/schemas/Money"], ["type": ["string", "integer"], "pattern": "^[0-9]+(\\.[0-9]{1,2})?$"]]]
        case .count: ["type": ["integer", "null"]]
        case .money: ["oneOf": [["$ref": "#/components/schemas/Money"], ["type": "null"]]]
        case .flag: ["type": ["boolean", "null"]]
        case .texts: ["type": "array", "items": ["type": "string"]]
        case .numbers: ["type": "array", "items": ["type": "integer"]]
        case .figure: ["oneOf": [["$ref": "#/components/schemas/Money"], ["type": ["string", "integer", "null"]]]]
        }
    }
}

extension APIList {
    /// The fields of an item, in their order.
    var fields: KeyValuePairs<String, ListedValue> {
        switch self {
        case .figures:
            ["key": .text, "label": .text, "value": .figure, "reason": .text, "unit": .text, "asOf": .day, "trace": .text]
        case .contributors:
            [
                "id": .text, "name": .text, "kind": .text, "country": .text, "mobilized": .money, "share": .share, "asOf": .day,
                "trace": .text, "counted": .count,
            ]
        case .contributions, .ledgerEntries:
            [
                "externalId": .text, "effectiveOn": .day, "kind": .text, "account": .text, "contributor": .text, "contributorName": .text,
                "amount": .money, "reverses": .text, "memo": .text, "source": .text, "counted": .money,
            ]
        case .programmes:
            [
                "code": .text, "title": .text, "status": .text, "statusOn": .day, "thematicArea": .count, "countries": .texts,
                "regions": .texts, "organizations": .texts, "objectives": .numbers, "budget": .money, "budgetOn": .day, "startsOn": .day,
                "endsOn": .day, "localAuthorities": .count, "unconfirmed": .texts, "source": .text, "note": .text, "counted": .counted,
            ]
        case .statements:
            [
                "key": .text, "figure": .text, "label": .text, "qualifier": .text, "stated": .figure, "recorded": .figure,
                "difference": .figure, "unit": .text, "asOf": .day, "source": .text, "section": .text, "note": .text,
            ]
        case .balance: ["status": .text, "thematicArea": .text, "region": .text, "budget": .money, "programmes": .part]
        case .localEngagement:
            [
                "id": .text, "programme": .text, "name": .text, "naming": .text, "level": .text, "countries": .texts,
                "placeWithheld": .flag, "evidence": .text, "section": .text, "source": .text, "note": .text,
            ]
        case .ledgerBalances:
            ["account": .text, "label": .text, "normalSide": .text, "balance": .money, "asOf": .day, "trace": .text]
        case .calls:
            [
                "code": .text, "title": .text, "summary": .text, "state": .text, "opensAt": .instant, "closesAt": .instant,
                "timeZone": .text, "changed": .text,
            ]
        case .decisions:
            [
                "proposal": .text, "title": .text, "outcome": .text, "decidedOn": .day, "document": .text, "version": .count,
                "sha256": .text, "thematicArea": .count, "objectives": .texts, "countries": .texts, "regions": .texts,
                "durationMonths": .count, "organizations": .texts, "amount": .money, "files": .texts,
            ]
        }
    }
}

internal import Ledger
internal import OfficeFiles

/// Reads values by the fields that they are for, and gathers what is wrong.
final class FieldReading {
    private let currency: Currency
    private let isStrict: Bool
    private(set) var faults: [FieldFault] = []

    /// Beyond this the request is not the right kind of request.
    private static let faultLimit = 200

    init(currency: Currency, isStrict: Bool) {
        self.currency = currency
        self.isStrict = isStrict
    }

    func read(_ fields: [ActionField], of object: [String: InputValue], within path: String, besides others: Set<String> = [])
        -> FieldValues
    {
        if isStrict {
            let names = fields.map(\.name)
            for name in object.keys.sorted() where !names.contains(name) && !others.contains(name) {
                report(path + name, "is not a field of this action", didYouMean(name, among: names))
            }
        }
        var values = FieldValues()
        for field in fields {
            let name = path + field.name
            guard let value = object[field.name], !isEmpty(value) else {
                if field.isRequired { report(name, "is missing", "give it") }
                continue
            }
            values.values[field.name] = checked(value, field, name)
        }
        return values
    }

    private func isEmpty(_ value: InputValue) -> Bool {
        switch value {
        case .text(let text): text.isEmpty
        case .list(let items): items.isEmpty
        case .object(let members): members.isEmpty
        case .integer, .bytes, .other: false
        }
    }

    private func report(_ field: String, _ problem: String, _ remedy: String) {
        guard faults.count < Self.faultLimit else { return }
        faults.append(FieldFault(field: field, problem: problem, remedy: remedy))
    }

    private func checked(_ value: InputValue, _ field: ActionField, _ name: String) -> FieldValues.Checked? {
        switch (field.kind, value) {
        case (.rows(let fields), .list(let items)): return rows(items, fields, limit: field.limit, name)
        case (.rows, _):
            report(name, "is not a list", "give a list of rows")
            return nil
        case (.folder, .object(let members)): return files(members, name)
        case (.folder, _):
            report(name, "is not a folder", "give its files by their paths")
            return nil
        case (.answers, .object(let members)): return .answers(members)
        // In a form without fields of its own, the answers are JSON.
        case (.answers, .text(let text)):
            if text.utf8.count <= field.limit, case .object(let members) = InputValue(json: Array(text.utf8)) { return .answers(members) }
            report(name, "is not a JSON object", "give the answers by the ids of their fields")
            return nil
        case (.document, _): return document(value, name)
        case (.sheet, _): return sheet(value, field, name)
        case (.wholeNumber, .integer(let number)) where number >= 0: return .wholeNumber(number)
        case (_, .text(let text)): return checked(text, field, name)
        default:
            report(name, "is not a text", "write it in quotation marks")
            return nil
        }
    }

    private func rows(_ items: [InputValue.Item], _ fields: [ActionField], limit: Int, _ name: String) -> FieldValues.Checked? {
        guard items.count <= limit else {
            report(name, "has \(items.count) rows", "give \(limit) or fewer at a time")
            return nil
        }
        return .rows(
            items.compactMap { item in
                guard case .object(let members) = item.value else {
                    report("\(name).\(item.key)", "is not a row", "give its fields by their names")
                    return nil
                }
                return read(fields, of: members, within: "\(name).\(item.key).")
            })
    }

    private func files(_ members: [String: InputValue], _ name: String) -> FieldValues.Checked? {
        if members.count == 1, case .bytes(let archive)? = members.first?.value, archive.starts(with: "PK".utf8) {
            return unpacked(archive, name)
        }
        var files: [String: [UInt8]] = [:]
        for (path, content) in members {
            switch content {
            case .text(let text): files[path] = Array(text.utf8)
            case .bytes(let bytes): files[path] = bytes
            default: report(name, "“\(path)” is not a file", "give what it holds as a text")
            }
        }
        return .files(files)
    }

    /// A folder as a form sends it: packed into one archive, because a browser chooses files of one folder only.
    private func unpacked(_ bytes: [UInt8], _ name: String) -> FieldValues.Checked? {
        do throws(OfficeFileFault) {
            let archive = try ZipArchive(bytes, limits: Self.folderLimits)
            var files: [String: [UInt8]] = [:]
            for path in archive.names where !path.hasPrefix("__MACOSX/") { files[path] = try archive.read(path) }
            return .files(files)
        } catch {
            report(name, "cannot be unpacked: it is \(error)", "pack the folder into a ZIP archive again")
            return nil
        }
    }

    private static let folderLimits = ZipArchive.Limits(entries: 2_000, entryBytes: 16 * 1024 * 1024, unpackedBytes: 32 * 1024 * 1024)

    private func document(_ value: InputValue, _ name: String) -> FieldValues.Checked? {
        guard let (file, content) = ActionInput.file(value) else {
            report(name, "is not a file", "give its name, and what it holds as base64")
            return nil
        }
        do throws(Refusal) {
            return .document(try AttachedDocument(name: file, content: content))
        } catch {
            report(name, error.reason, error.remedy ?? "attach another")
            return nil
        }
    }

    private func sheet(_ value: InputValue, _ field: ActionField, _ name: String) -> FieldValues.Checked? {
        if case .list(let lines) = value {
            guard lines.count <= BudgetSheet.rowLimit else {
                report(name, "has \(lines.count) lines", "give \(BudgetSheet.rowLimit) or fewer")
                return nil
            }
            return .sheet(lines.map { line in line.value.elements.map { $0.string ?? "" } })
        }
        let content = value.string.map { Array($0.utf8) } ?? ActionInput.file(value)?.content
        guard let content, content.count <= field.limit, String(validating: content, as: UTF8.self) != nil else {
            report(name, "is not a sheet, or has more than \(field.limit) bytes", "give it as CSV, in UTF-8")
            return nil
        }
        do {
            return .sheet(try CSVReader.read(content, separatedBy: CSVReader.Separator(ofHeader: content)).map(\.fields))
        } catch {
            report(name, "line \(error.line): \(error.problem)", "correct the line")
            return nil
        }
    }

    private func checked(_ text: String, _ field: ActionField, _ name: String) -> FieldValues.Checked? {
        guard text.utf8.count <= field.limit else {
            report(name, "has more than \(field.limit) bytes", "shorten it")
            return nil
        }
        let isOneLine = field.kind != .lines
        guard !text.utf8.contains(where: { $0 == 0x7F || $0 < 0x20 && (isOneLine || $0 != 0x0A && $0 != 0x09) }), !hasHiddenControl(text)
        else {
            report(name, "has a character that cannot be seen", isOneLine ? "take it out; a line break is one, too" : "take it out")
            return nil
        }
        switch field.kind {
        case .text, .lines, .email: return .text(text)
        case .date(let isPartial): return date(text, isPartial: isPartial, name)
        case .amount: return amount(text, field, name)
        case .wholeNumber:
            if let number = PooledFund.wholeNumber(text) { return .wholeNumber(Int64(number)) }
            report(name, "“\(text)” is not a whole number", "write digits only")
        case .choice(let values):
            if values.contains(text) { return .text(text) }
            report(name, "“\(text)” is not known here", didYouMean(text, among: values))
        case .id:
            if isIdentifier(text) { return .text(text) }
            report(name, "“\(text)” is not an id", "use 1 to 80 letters (a–z, A–Z), digits and hyphens")
        case .rows, .folder, .answers, .document, .sheet: break
        }
        return nil
    }

    private func date(_ text: String, isPartial: Bool, _ name: String) -> FieldValues.Checked? {
        if let date = try? CivilDate(parsing: text), isPartial || date.isComplete { return .date(date) }
        report(name, "“\(text)” is not a day", isPartial ? "write YYYY-MM-DD, or YYYY-MM or YYYY if no more is known" : "write YYYY-MM-DD")
        return nil
    }

    private func amount(_ text: String, _ field: ActionField, _ name: String) -> FieldValues.Checked? {
        do {
            let amount = try Money(parsing: text, currency: currency)
            guard amount.minorUnits <= Money.mostMinorUnits else {
                report(name, "\(text) is more than any fund holds", "look for digits too many")
                return nil
            }
            if amount.isPositive || field.takesZero && !amount.isNegative { return .amount(amount) }
            if field.takesZero {
                report(name, "\(text) is below zero", "give zero or more")
            } else {
                report(name, "\(text) is not above zero", "give a positive amount")
            }
        } catch {
            report(name, "“\(text)” is not an amount in \(currency.code)", "write a plain decimal such as 1700000")
        }
        return nil
    }
}

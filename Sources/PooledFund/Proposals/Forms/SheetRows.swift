internal import OfficeFiles

/// A file of cells as rows of texts, with what whoever takes them over should know.
public struct SheetRows: Sendable {
    public let rows: [[String]]
    public private(set) var observations: [(place: String, what: Observation)] = []

    public enum Observation: Sendable, Hashable {
        /// The value is what a spreadsheet worked out last.
        case formula
        /// A formula without a value: the cell counts as empty.
        case notWorkedOut
        /// Cells that are merged into one, of which the first has the value.
        case merged(String)
        /// Nobody sees the cell unless they show what is hidden.
        case hidden
        /// There are other sheets, which are not read.
        case otherSheets(String)
        /// The columns are separated by semicolons, as where a comma is the decimal sign.
        case semicolons
        /// The columns are separated by tabs.
        case tabs
    }

    /// - Throws: `Refusal` for what is neither a workbook nor CSV, is damaged, or is beyond the limits.
    public init(_ name: String, _ bytes: [UInt8]) throws(Refusal) {
        let kind: FileKind
        do throws(UnrecognizedFile) {
            kind = try FileKind.of(bytes, named: name)
        } catch {
            throw Refusal("the file is \(error)", remedy: "give a workbook (XLSX), or CSV in UTF-8")
        }
        switch kind {
        case .workbook:
            do throws(OfficeFileFault) {
                let workbook = try Workbook.read(bytes)
                guard let sheet = workbook.sheets.first(where: { !$0.isHidden }) else {
                    throw OfficeFileFault(.missing("a sheet that is not hidden"))
                }
                rows = Self.rows(of: sheet)
                observe(sheet)
                if workbook.sheets.count > 1 { observations.append((sheet.name, .otherSheets(sheet.name))) }
            } catch {
                throw Refusal("the workbook cannot be read: \(error)", remedy: "save it anew as XLSX, or as CSV")
            }
        case .csv, .plainText:
            do throws(CSVReader.Malformed) {
                let separator = CSVReader.Separator(ofHeader: bytes)
                rows = try CSVReader.read(bytes, separatedBy: separator).map(\.fields)
                switch separator {
                case .comma: break
                case .semicolon: observations.append(("A1", .semicolons))
                case .tab: observations.append(("A1", .tabs))
                }
            } catch {
                throw Refusal("line \(error.line): \(error.problem)", remedy: "correct the line")
            }
        default: throw Refusal("the file is no sheet", remedy: "give a workbook (XLSX), or CSV in UTF-8")
        }
    }

    /// Every row from the first, so that a cell keeps its address.
    private static func rows(of sheet: Workbook.Sheet) -> [[String]] {
        let (lastRow, lastColumn) = (sheet.cells.keys.map(\.row).max() ?? 0, min(sheet.cells.keys.map(\.column).max() ?? 0, 60))
        var rows = Array(repeating: Array(repeating: "", count: lastColumn), count: lastRow)
        for (place, cell) in sheet.cells where place.column <= lastColumn { rows[place.row - 1][place.column - 1] = text(cell) }
        return rows
    }

    private static func text(_ cell: Workbook.Cell) -> String {
        switch cell.value {
        case .text(let text): text
        case .number(let number): number.entered
        case .boolean(let value): value ? "TRUE" : "FALSE"
        case .error(let error): error
        case .notWorkedOut: ""
        }
    }

    private mutating func observe(_ sheet: Workbook.Sheet) {
        for (place, cell) in sheet.orderedCells {
            if case .notWorkedOut = cell.value {
                observations.append((place.description, .notWorkedOut))
            } else if cell.isFromFormula {
                observations.append((place.description, .formula))
            }
            if sheet.isHidden(place) { observations.append((place.description, .hidden)) }
        }
        for range in sheet.mergedRanges { observations.append((range.first.description, .merged(range.description))) }
        observations = Array(observations.prefix(500))
    }
}

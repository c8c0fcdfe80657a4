internal import CXLSXWriter

/// Writes one sheet.
struct SheetWriter {
    private let sheet: WorkbookDraft.Sheet
    private let worksheet: UnsafeMutablePointer<lxw_worksheet>

    init(_ sheet: WorkbookDraft.Sheet, _ worksheet: UnsafeMutablePointer<lxw_worksheet>) {
        self.sheet = sheet
        self.worksheet = worksheet
    }

    func write(_ styles: inout WorkbookStyles) throws(OfficeFileFault) {
        // In order, so that the texts that cells share come in the same order every time.
        for (reference, cell) in sheet.cells.sorted(by: { $0.key < $1.key }) {
            do throws(OfficeFileFault) {
                let code = try write(cell, at: reference, styles.format(cell.style))
                guard code == LXW_NO_ERROR else { throw OfficeFileFault(.notWritable(String(cString: lxw_strerror(code)))) }
            } catch {
                throw error.within(.cell(reference))
            }
        }
        for (column, width) in sheet.columnWidths.sorted(by: { $0.key < $1.key }) {
            guard (1...CellReference.lastColumn).contains(column), (1...255).contains(width) else {
                throw OfficeFileFault(.notWritable("a column of the number \(column) and the width \(width)"))
            }
            worksheet_set_column(worksheet, lxw_col_t(column - 1), lxw_col_t(column - 1), Double(width), nil)
        }
        setView()
        for choices in sheet.choices { try add(choices) }
        if sheet.isLocked { worksheet_protect(worksheet, nil, nil) }
    }

    private func write(
        _ cell: WorkbookDraft.Cell, at reference: CellReference, _ format: UnsafeMutablePointer<lxw_format>?
    ) throws(OfficeFileFault) -> lxw_error {
        let row = lxw_row_t(reference.row - 1)
        let column = lxw_col_t(reference.column - 1)
        switch cell.content {
        case .blank, .text(""):
            return worksheet_write_blank(worksheet, row, column, format)
        case .text(let text):
            return worksheet_write_string(worksheet, row, column, try WorkbookText.checked(text), format)
        case .number(let text):
            return worksheet_write_number(worksheet, row, column, try binary(text), format)
        case .date(let text):
            var day = try date(text)
            return worksheet_write_datetime(worksheet, row, column, &day, format)
        case .boolean(let value):
            return worksheet_write_boolean(worksheet, row, column, value ? 1 : 0, format)
        case .formula(let formula, let result):
            guard WorkbookText.isWritable(formula), formula.utf16.count <= 8_192 else {
                throw OfficeFileFault(.notWritable("a formula of more than 8,192 characters"))
            }
            return worksheet_write_formula_num(worksheet, row, column, "=" + formula, format, try binary(result))
        }
    }

    /// A spreadsheet has nothing but binary numbers; of 15 digits they bring back every one.
    private func binary(_ text: String) throws(OfficeFileFault) -> Double {
        guard let number = ExactNumber(text), let value = Double(number.exact), value.isFinite else {
            throw OfficeFileFault(.notWritable("“\(text.prefix(40))” is not a number"))
        }
        guard number.isHeldExactly else {
            throw OfficeFileFault(.notWritable("\(text.prefix(40)) has more than \(ExactNumber.significantDigits) digits"))
        }
        return value
    }

    private func date(_ text: String) throws(OfficeFileFault) -> lxw_datetime {
        guard let day = CalendarDay(text), text >= "1900-03-01" else {
            throw OfficeFileFault(.notWritable("“\(text.prefix(40))” is not a date from 1900-03-01"))
        }
        var result = lxw_datetime()
        result.year = Int32(day.year)
        result.month = Int32(day.month)
        result.day = Int32(day.day)
        return result
    }

    private func setView() {
        if sheet.frozenRows > 0 || sheet.frozenColumns > 0 {
            worksheet_freeze_panes(worksheet, lxw_row_t(max(0, sheet.frozenRows)), lxw_col_t(max(0, sheet.frozenColumns)))
        }
        if sheet.frozenRows > 0 { worksheet_repeat_rows(worksheet, 0, lxw_row_t(sheet.frozenRows - 1)) }
        if sheet.isRightToLeft { worksheet_right_to_left(worksheet) }
        worksheet_set_landscape(worksheet)
        worksheet_set_paper(worksheet, 9)  // A4
        worksheet_fit_to_pages(worksheet, 1, 0)
    }

    private func add(_ choices: WorkbookDraft.Choices) throws(OfficeFileFault) {
        var validation = lxw_data_validation()
        validation.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.show_error = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.dropdown = UInt8(LXW_VALIDATION_ON.rawValue)
        let code: lxw_error
        switch choices.source {
        case .values(let values):
            code = try add(values, choices.cells, &validation)
        case .range(let name, let range):
            let quoted = name.utf8.flatMap { $0 == UInt8(ascii: "'") ? [$0, $0] : [$0] }
            let formula = "='\(String(decoding: quoted, as: UTF8.self))'!\(absolute(range.first)):\(absolute(range.last))"
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            code = formula.withCString { text in
                validation.value_formula = UnsafeMutablePointer(mutating: text)
                return apply(&validation, to: choices.cells)
            }
        }
        guard code == LXW_NO_ERROR else {
            throw OfficeFileFault(.notWritable(String(cString: lxw_strerror(code))), at: [.cell(choices.cells.first)])
        }
    }

    private func add(
        _ values: [String], _ cells: CellRange, _ validation: inout lxw_data_validation
    ) throws(OfficeFileFault) -> lxw_error {
        let joined = values.joined(separator: ",")
        guard !values.isEmpty, joined.utf16.count <= 255, WorkbookText.isWritable(joined),
            values.allSatisfy({ !$0.isEmpty && !$0.utf8.contains(UInt8(ascii: ",")) })
        else { throw OfficeFileFault(.notWritable("choices with commas, or of more than 255 characters"), at: [.cell(cells.first)]) }
        validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
        // The texts behind each other, each with its NUL, and a pointer to each, with nil at the end.
        var texts: [CChar] = []
        var starts: [Int] = []
        for value in values {
            starts.append(texts.count)
            texts += value.utf8CString
        }
        return texts.withUnsafeMutableBufferPointer { buffer in
            var pointers = starts.map { start in buffer.baseAddress.map { $0 + start } } + [nil]
            return pointers.withUnsafeMutableBufferPointer { list in
                validation.value_list = list.baseAddress
                return apply(&validation, to: cells)
            }
        }
    }

    private func apply(_ validation: inout lxw_data_validation, to cells: CellRange) -> lxw_error {
        worksheet_data_validation_range(
            worksheet, lxw_row_t(cells.first.row - 1), lxw_col_t(cells.first.column - 1), lxw_row_t(cells.last.row - 1),
            lxw_col_t(cells.last.column - 1), &validation)
    }

    private func absolute(_ cell: CellReference) -> String { "$\(CellReference.letters(ofColumn: cell.column))$\(cell.row)" }
}

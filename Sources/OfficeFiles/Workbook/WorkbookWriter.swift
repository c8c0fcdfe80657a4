internal import CXLSXWriter

/// Writes a workbook with libxlsxwriter.
///
/// What that library would refuse is refused before, because it says why on the standard error only.
struct WorkbookWriter {
    private let draft: WorkbookDraft

    init(_ draft: WorkbookDraft) { self.draft = draft }

    func file() throws(OfficeFileFault) -> [UInt8] {
        guard !draft.sheets.isEmpty else { throw OfficeFileFault(.notWritable("a workbook without a sheet")) }
        let file = try PrivateTemporaryFile()
        guard let workbook = workbook_new(file.path) else { throw OfficeFileFault(.system("out of memory")) }
        do {
            try fill(workbook)
        } catch {
            lxw_workbook_free(workbook)
            throw error
        }
        // It frees the workbook whatever happens.
        let code = workbook_close(workbook)
        guard code == LXW_NO_ERROR else { throw OfficeFileFault(.system(String(cString: lxw_strerror(code)))) }
        return try file.content()
    }

    private func fill(_ workbook: UnsafeMutablePointer<lxw_workbook>) throws(OfficeFileFault) {
        try setProperties(of: workbook)
        var styles = WorkbookStyles(workbook)
        var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
        for sheet in draft.sheets { sheets.append(try add(sheet, to: workbook)) }
        for (sheet, worksheet) in zip(draft.sheets, sheets) {
            do {
                try SheetWriter(sheet, worksheet).write(&styles)
            } catch {
                throw error.within(.sheet(sheet.name))
            }
        }
        guard let visible = draft.sheets.firstIndex(where: { !$0.isHidden }) else {
            throw OfficeFileFault(.notWritable("a workbook of which every sheet is hidden"))
        }
        worksheet_activate(sheets[visible])
        worksheet_set_first_sheet(sheets[visible])
        for (sheet, worksheet) in zip(draft.sheets, sheets) where sheet.isHidden { worksheet_hide(worksheet) }
    }

    private func setProperties(of workbook: UnsafeMutablePointer<lxw_workbook>) throws(OfficeFileFault) {
        let title = try WorkbookText.checked(draft.title, limit: 255)
        // libxlsxwriter would take 0 for now.
        guard draft.created > 0 else { throw OfficeFileFault(.notWritable("a workbook made before 1970")) }
        let code = title.withCString { text in
            var properties = lxw_doc_properties()
            properties.title = UnsafeMutablePointer(mutating: text)
            properties.created = time_t(draft.created)
            return workbook_set_properties(workbook, &properties)
        }
        guard code == LXW_NO_ERROR else { throw OfficeFileFault(.system(String(cString: lxw_strerror(code)))) }
    }

    private func add(
        _ sheet: WorkbookDraft.Sheet, to workbook: UnsafeMutablePointer<lxw_workbook>
    ) throws(OfficeFileFault) -> UnsafeMutablePointer<lxw_worksheet> {
        let place = [OfficeFileFault.Place.sheet(sheet.name)]
        guard !sheet.name.isEmpty, sheet.name.utf16.count <= 31, WorkbookText.isWritable(sheet.name),
            workbook_validate_sheet_name(workbook, sheet.name) == LXW_NO_ERROR,
            let worksheet = workbook_add_worksheet(workbook, sheet.name)
        else { throw OfficeFileFault(.notWritable("a name that a sheet may not have, or that another has"), at: place) }
        return worksheet
    }
}

/// What a workbook may hold as text.
enum WorkbookText {
    /// Characters of a cell, in UTF-16 (the limits of Excel).
    static let cellLimit = 32_767

    /// The text as libxlsxwriter takes it, which escapes control characters, but not what looks like such an escape.
    static func checked(_ text: String, limit: Int = cellLimit) throws(OfficeFileFault) -> String {
        guard isWritable(text) else { throw OfficeFileFault(.notWritable("a character that no XML can hold")) }
        guard text.utf16.count <= limit else { throw OfficeFileFault(.notWritable("a text of more than \(limit) characters")) }
        return EscapedText.encode(text)
    }

    static func isWritable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value != 0 && $0.value != 0xFFFE && $0.value != 0xFFFF }
    }
}

internal import CXLSXWriter

/// The formats of a workbook, one for each style that is used.
struct WorkbookStyles {
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var formats: [WorkbookDraft.Style: UnsafeMutablePointer<lxw_format>] = [:]

    init(_ workbook: UnsafeMutablePointer<lxw_workbook>) { self.workbook = workbook }

    /// Nil for the style that a cell has in any case.
    mutating func format(_ style: WorkbookDraft.Style) throws(OfficeFileFault) -> UnsafeMutablePointer<lxw_format>? {
        if style == WorkbookDraft.Style() { return nil }
        if let format = formats[style] { return format }
        guard let format = workbook_add_format(workbook) else { throw OfficeFileFault(.system("out of memory")) }
        setRole(style.role, of: format)
        try setPattern(style.pattern, of: format)
        if style.isWrapped { format_set_text_wrap(format) }
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        if style.isUnlocked {
            format_set_unlocked(format)
            format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_bg_color(format, 0xFFFBE6)
        }
        formats[style] = format
        return format
    }

    private func setRole(_ role: WorkbookDraft.Style.Role, of format: UnsafeMutablePointer<lxw_format>) {
        switch role {
        case .plain:
            break
        case .title:
            format_set_bold(format)
            format_set_font_size(format, 14)
        case .header:
            format_set_bold(format)
            format_set_text_wrap(format)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_bg_color(format, 0xE8EEF4)
        case .total:
            format_set_bold(format)
            format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
        case .note:
            format_set_italic(format)
        }
    }

    private func setPattern(
        _ pattern: WorkbookDraft.Style.Pattern, of format: UnsafeMutablePointer<lxw_format>
    ) throws(OfficeFileFault) {
        switch pattern {
        case .general: break
        case .text: format_set_num_format(format, "@")
        case .number(let places): format_set_num_format(format, "#,##0" + (try decimals(places)))
        case .percent(let places): format_set_num_format(format, "0" + (try decimals(places)) + "%")
        case .date: format_set_num_format(format, "yyyy-mm-dd")
        }
    }

    private func decimals(_ places: Int) throws(OfficeFileFault) -> String {
        guard (0...10).contains(places) else { throw OfficeFileFault(.notWritable("a format of \(places) places")) }
        return places == 0 ? "" : "." + String(repeating: "0", count: places)
    }
}

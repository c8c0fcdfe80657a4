/// A content control of a file, as it was found.
struct ContentControl {
    var tag = ""
    var isShowingPrompt = false
    var isChecked: Bool?
    /// The day that the program keeps beside what is shown.
    var keptDate: String?
    var hasHiddenText = false
    var hasTrackedChanges = false
    fileprivate(set) var content: [UInt8] = []
    fileprivate var hasParagraph = false

    var text: String { String(decoding: content, as: UTF8.self) }
}

/// Takes the content controls out of the main part of a document, in the order in which they begin, with their text as it would read if all
/// tracked changes were accepted.
final class ContentControlVisitor: XMLVisitor {
    private(set) var controls: [ContentControl] = []
    private let limits: WordFormAnswers.Limits

    /// The elements that are open, by their local names; an empty one for what is not of Word's vocabulary.
    private var path: [String] = []
    /// The controls whose content is being read, by their places in `controls`, from the outermost; how deep each stands.
    private var open: [(index: Int, depth: Int)] = []
    private var byteCount = 0
    /// The depth of the element of which nothing is read.
    private var skipped: Int?
    /// Whether the end of the paragraph before was deleted, so that the next one continues it.
    private var isParagraphContinued = false
    private var isMarkDeleted = false

    init(limits: WordFormAnswers.Limits) { self.limits = limits }

    func begin(_ element: XMLElement) throws(OfficeFileFault) {
        let parent = path.last ?? ""
        let isWord = OfficeNamespace.isWord(element.name)
        path.append(isWord ? element.name.local : "")
        guard skipped == nil else { return }
        if path.contains("sdtPr") {
            if let control = open.last { readProperty(element, isWord: isWord, of: control.index) }
        } else if isWord {
            try beginWord(element, parent: parent)
        } else if element.name == XMLName(OfficeNamespace.compatibility, "Fallback") {
            // The same again, for programs that cannot show the other.
            skipped = path.count
        }
    }

    func text(_ piece: UnsafeRawBufferPointer) throws(OfficeFileFault) {
        guard skipped == nil, path.last == "t", !open.isEmpty else { return }
        try append(piece)
    }

    func end(_ name: XMLName) throws(OfficeFileFault) {
        if skipped == nil, path.last == "p" {
            isParagraphContinued = isMarkDeleted
            isMarkDeleted = false
        }
        if open.last?.depth == path.count { open.removeLast() }
        if skipped == path.count { skipped = nil }
        path.removeLast()
    }

    private func beginWord(_ element: XMLElement, parent: String) throws(OfficeFileFault) {
        switch element.name.local {
        case "sdt":
            guard controls.count < limits.controls else { throw OfficeFileFault(.tooMuch(.fields, limit: limits.controls)) }
            open.append((controls.count, path.count))
            controls.append(ContentControl())
        case "p": try beginParagraph()
        case "ins", "del", "moveFrom", "moveTo": trackChange(element.name.local, parent: parent)
        // What was deleted, the instruction of a field, how a word is pronounced.
        case "delText", "instrText", "delInstrText", "rt": skipped = path.count
        case "tab" where parent == "r": try append("\t")
        case "br" where parent == "r", "cr" where parent == "r": try append("\n")
        case "noBreakHyphen" where parent == "r": try append("\u{2011}")
        case "softHyphen" where parent == "r": try append("\u{AD}")
        case "sym" where parent == "r": try append(symbol(element))
        case "vanish" where parent == "rPr" && !path.contains("pPr") && !path.contains("rPrChange") && isOn(element):
            for (index, _) in open { controls[index].hasHiddenText = true }
        default: break
        }
    }

    /// Within an answer paragraphs are lines; the first one is where it begins.
    private func beginParagraph() throws(OfficeFileFault) {
        for (index, _) in open {
            if controls[index].hasParagraph, !isParagraphContinued { try append("\n", to: index) }
            controls[index].hasParagraph = true
        }
    }

    private func trackChange(_ local: String, parent: String) {
        for (index, _) in open { controls[index].hasTrackedChanges = true }
        guard local == "del" || local == "moveFrom" else { return }
        switch parent {
        case "rPr":
            // In the properties of a paragraph it is its end that was deleted.
            if path.contains("pPr") { isMarkDeleted = true }
        case "trPr":
            // The row was deleted: nothing of it is read.
            skipped = path.lastIndex(of: "tr").map { $0 + 1 }
        default:
            skipped = path.count
        }
    }

    private func readProperty(_ element: XMLElement, isWord: Bool, of index: Int) {
        if element.name == XMLName(OfficeNamespace.word2010, "checked") {
            controls[index].isChecked = ["1", "true", "on"].contains(element[OfficeNamespace.word2010, "val"] ?? "")
        }
        guard isWord else { return }
        switch element.name.local {
        case "tag": controls[index].tag = value(of: element, "val") ?? ""
        case "showingPlcHdr": controls[index].isShowingPrompt = isOn(element)
        case "date": controls[index].keptDate = value(of: element, "fullDate").map { String($0.prefix(10)) }
        default: break
        }
    }

    /// Attributes have the namespace of their element.
    private func value(of element: XMLElement, _ local: String) -> String? { element[element.name.namespace, local] }

    private func isOn(_ element: XMLElement) -> Bool { value(of: element, "val").map(XMLFlag.isOn) ?? true }

    private func symbol(_ element: XMLElement) -> String {
        guard let code = value(of: element, "char").flatMap({ UInt32($0, radix: 16) }), let scalar = Unicode.Scalar(code) else { return "" }
        return String(Character(scalar))
    }

    private func append(_ text: String) throws(OfficeFileFault) {
        for (index, _) in open { try append(text, to: index) }
    }

    private func append(_ text: String, to index: Int) throws(OfficeFileFault) {
        controls[index].content += text.utf8
        try count(text.utf8.count, index)
    }

    private func append(_ piece: UnsafeRawBufferPointer) throws(OfficeFileFault) {
        for (index, _) in open {
            controls[index].content.append(contentsOf: piece)
            try count(piece.count, index)
        }
    }

    private func count(_ bytes: Int, _ index: Int) throws(OfficeFileFault) {
        // An answer within another is part of both.
        byteCount += bytes
        guard byteCount <= limits.allAnswersBytes else { throw OfficeFileFault(.tooMuch(.textBytes, limit: limits.allAnswersBytes)) }
        guard controls[index].content.count <= limits.answerBytes else {
            throw OfficeFileFault(.tooMuch(.textBytes, limit: limits.answerBytes), at: [.field(controls[index].tag)])
        }
    }
}

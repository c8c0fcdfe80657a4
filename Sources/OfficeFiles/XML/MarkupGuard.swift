/// Looks through the bytes of an XML document before libxml2 does, for what that library takes too long over.
///
/// To find attributes that are there twice it compares each with every other, and it does so before anybody is told of the element: a tag of
/// ten million bytes would keep it busy for an hour. So a tag has a limit, which has to be counted from outside.
struct MarkupGuard {
    private enum State {
        case start
        case text
        /// Behind `<`.
        case opened
        /// Within a tag, and within a value of it the quotation mark that ends it.
        case tag(quotation: UInt8?)
        /// Behind `<!`, of which it is not known yet what it begins.
        case declared
        /// Within what these bytes end, of which so many have come.
        case until([UInt8], matched: Int)
    }

    private var state = State.start
    private var length = 0
    private var beginning: [UInt8] = []
    private let tagBytes: Int

    private static let commentEnd = Array("-->".utf8)
    private static let sectionEnd = Array("]]>".utf8)
    private static let instructionEnd = Array("?>".utf8)

    init(tagBytes: Int) { self.tagBytes = tagBytes }

    /// Looks at the next bytes.
    ///
    /// - Returns: how many of them may be handed on at once: all, or those to the end of the first processing instruction. That is where a
    ///   document says how it is encoded, which is to be known before its first tag is read.
    mutating func look(at bytes: UnsafeRawBufferPointer) throws(OfficeFileFault) -> Int {
        for (index, byte) in bytes.enumerated() {
            // Encodings that write markup otherwise than ASCII does are known by it, or by the first byte.
            guard byte != 0 else { throw OfficeFileFault(.unknownEncoding("of several bytes a character")) }
            if try take(byte) { return index + 1 }
        }
        return bytes.count
    }

    /// Whether the byte ends a processing instruction.
    private mutating func take(_ byte: UInt8) throws(OfficeFileFault) -> Bool {
        switch state {
        case .start:
            try begin(byte)
        case .text:
            if byte == UInt8(ascii: "<") { state = .opened }
        case .opened:
            open(byte)
        case .tag(let quotation):
            try continueTag(byte, quotation)
        case .declared:
            declare(byte)
        case .until(let end, let matched):
            let next = Self.matched(end, matched, byte)
            guard next == end.count else {
                state = .until(end, matched: next)
                return false
            }
            state = .text
            return end == Self.instructionEnd
        }
        return false
    }

    /// A document begins with markup, behind a byte order mark and blanks at most.
    private mutating func begin(_ byte: UInt8) throws(OfficeFileFault) {
        beginning.append(byte)
        if byte == UInt8(ascii: "<") {
            state = .opened
        } else if beginning.count <= 3, [0xEF, 0xBB, 0xBF].starts(with: beginning) {
            return
        } else if ![0x20, 0x09, 0x0A, 0x0D].contains(byte) || beginning.count > 1_000 {
            throw OfficeFileFault(.notWellFormed("it does not begin with markup in UTF-8"))
        }
    }

    private mutating func open(_ byte: UInt8) {
        length = 2
        beginning = []
        switch byte {
        case UInt8(ascii: "!"): state = .declared
        case UInt8(ascii: "?"): state = .until(Self.instructionEnd, matched: 0)
        case UInt8(ascii: ">"): state = .text
        default: state = .tag(quotation: nil)
        }
    }

    private mutating func continueTag(_ byte: UInt8, _ quotation: UInt8?) throws(OfficeFileFault) {
        length += 1
        guard length <= tagBytes else { throw OfficeFileFault(.tooMuch(.tagBytes, limit: tagBytes)) }
        if let quotation {
            if byte == quotation { state = .tag(quotation: nil) }
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            state = .tag(quotation: byte)
        } else if byte == UInt8(ascii: ">") {
            state = .text
        }
    }

    private mutating func declare(_ byte: UInt8) {
        beginning.append(byte)
        if beginning == Array("--".utf8) {
            state = .until(Self.commentEnd, matched: 0)
        } else if beginning == Array("[CDATA[".utf8) {
            state = .until(Self.sectionEnd, matched: 0)
        } else if !"--".utf8.starts(with: beginning), !"[CDATA[".utf8.starts(with: beginning) {
            // A document type, which is refused where it begins.
            state = .until([UInt8(ascii: ">")], matched: 0)
        }
    }

    /// How many bytes of the end have come with this one: `--->` ends a comment too.
    private static func matched(_ end: [UInt8], _ before: Int, _ byte: UInt8) -> Int {
        if byte == end[before] { return before + 1 }
        if before == 2, byte == end[1] { return 2 }
        return byte == end[0] ? 1 : 0
    }
}

internal import CLibXML2

/// Reads XML with libxml2's push parser, piece by piece, so that a document need not be in memory.
///
/// Nothing is fetched, no entity replaced save the five of XML itself, and a DOCTYPE is refused where it begins. So is every encoding but
/// UTF-8: no program writes office files in another.
public final class XMLDocumentReader {
    /// How much is taken.
    public struct Limits: Sendable, Hashable {
        /// Elements within each other. libxml2 itself ends at 256.
        public var depth: Int
        public var elements: Int
        /// Of one element, and the namespaces that it declares.
        public var attributes: Int
        /// Different names of elements and attributes.
        public var names: Int
        /// From `<` to `>`.
        public var tagBytes: Int
        /// All text, and all attributes, in bytes.
        public var textBytes: Int

        public init(
            depth: Int = 64, elements: Int = 5_000_000, attributes: Int = 100, names: Int = 20_000, tagBytes: Int = 64 * 1024,
            textBytes: Int = 128 * 1024 * 1024
        ) {
            self.depth = depth
            self.elements = elements
            self.attributes = attributes
            self.names = names
            self.tagBytes = tagBytes
            self.textBytes = textBytes
        }
    }

    private let parser: xmlParserCtxtPtr
    private let state: XMLReadingState
    private var markup: MarkupGuard

    /// - Throws: `OfficeFileFault` if libxml2 has no memory.
    public init(visitor: any XMLVisitor, limits: Limits = Limits()) throws(OfficeFileFault) {
        Self.isReady
        state = XMLReadingState(visitor: visitor, limits: limits)
        markup = MarkupGuard(tagBytes: limits.tagBytes)
        var handler = XMLCallbacks.handler
        guard let parser = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(state).toOpaque(), nil, 0, nil) else {
            throw OfficeFileFault(.system("out of memory"))
        }
        self.parser = parser
        state.parser = parser
        xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue))
    }

    deinit { xmlFreeParserCtxt(parser) }

    /// Reads a whole document.
    ///
    /// - Throws: `OfficeFileFault` if it is not well-formed or beyond the limits; what the visitor throws.
    public static func read(_ bytes: [UInt8], into visitor: any XMLVisitor, limits: Limits = Limits()) throws(OfficeFileFault) {
        let reader = try XMLDocumentReader(visitor: visitor, limits: limits)
        var fault: OfficeFileFault?
        bytes.withUnsafeBytes { buffer in
            do throws(OfficeFileFault) { try reader.take(buffer) } catch { fault = error }
        }
        if let fault { throw fault }
        try reader.finish()
    }

    /// The next piece of the document; it may end anywhere.
    public func take(_ bytes: UnsafeRawBufferPointer) throws(OfficeFileFault) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let next = UnsafeRawBufferPointer(rebasing: rest.prefix(64 * 1024))
            let piece = UnsafeRawBufferPointer(rebasing: next[..<(try markup.look(at: next))])
            rest = rest.dropFirst(piece.count)
            let code = xmlParseChunk(parser, piece.bindMemory(to: CChar.self).baseAddress, Int32(piece.count), 0)
            try state.check(code)
        }
    }

    /// There is no more.
    public func finish() throws(OfficeFileFault) {
        let code = xmlParseChunk(parser, nil, 0, 1)
        try state.check(code)
        guard parser.pointee.wellFormed != 0 else { throw OfficeFileFault(.notWellFormed("it ends too early")) }
    }

    private static let isReady: Void = xmlInitParser()
}

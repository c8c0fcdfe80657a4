internal import CLibXML2

/// What the callbacks of libxml2 know: the visitor, how much has come, and what went wrong, for no Swift error may pass through C.
final class XMLReadingState {
    private let visitor: any XMLVisitor
    private let limits: XMLDocumentReader.Limits
    var parser: xmlParserCtxtPtr?
    private var fault: OfficeFileFault?
    private var depth = 0
    private var elements = 0
    private var textBytes = 0
    /// Of the elements that are open, how many namespaces each declares. libxml2 looks through all of them for every prefix.
    private var openNamespaces: [Int] = []
    private var namespaceCount = 0
    private static let namespaceLimit = 500
    /// libxml2 keeps each name once as long as the parser lives, so that its address tells it.
    private var names: [NameKey: XMLName] = [:]

    private struct NameKey: Hashable {
        let namespace: UnsafePointer<xmlChar>?
        let local: UnsafePointer<xmlChar>
    }

    init(visitor: any XMLVisitor, limits: XMLDocumentReader.Limits) {
        self.visitor = visitor
        self.limits = limits
    }

    func begin(
        _ local: UnsafePointer<xmlChar>, _ namespace: UnsafePointer<xmlChar>?, declaring namespaces: Int, _ count: Int,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        attempt { () throws(OfficeFileFault) in
            depth += 1
            elements += 1
            guard depth <= limits.depth else { throw OfficeFileFault(.tooMuch(.depth, limit: limits.depth)) }
            guard elements <= limits.elements else { throw OfficeFileFault(.tooMuch(.elements, limit: limits.elements)) }
            guard count <= limits.attributes else { throw OfficeFileFault(.tooMuch(.attributes, limit: limits.attributes)) }
            openNamespaces.append(namespaces)
            namespaceCount += namespaces
            guard namespaceCount <= Self.namespaceLimit else { throw OfficeFileFault(.tooMuch(.namespaces, limit: Self.namespaceLimit)) }
            let element = XMLElement(name: try name(namespace, local), attributes: try read(count, attributes))
            try visitor.begin(element)
        }
    }

    func text(_ start: UnsafePointer<xmlChar>, _ count: Int) {
        attempt { () throws(OfficeFileFault) in
            try add(count)
            try visitor.text(UnsafeRawBufferPointer(start: start, count: count))
        }
    }

    func end(_ local: UnsafePointer<xmlChar>, _ namespace: UnsafePointer<xmlChar>?) {
        attempt { () throws(OfficeFileFault) in
            depth -= 1
            namespaceCount -= openNamespaces.popLast() ?? 0
            try visitor.end(try name(namespace, local))
        }
    }

    func startDocument() {
        guard let text = parser?.pointee.encoding else { return }
        let encoding = String(cString: text)
        let known = ["utf-8", "utf8", "us-ascii", "ascii"]
        if !known.contains(encoding.lowercased()) { keep(OfficeFileFault(.unknownEncoding(String(encoding.prefix(40))))) }
    }

    func refuseDocumentType() { stop(OfficeFileFault(.documentType)) }

    /// libxml2 has found a fault; what it says is English and may quote the document.
    func report(_ error: UnsafePointer<xmlError>) {
        guard fault == nil, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
        let message = error.pointee.message.map { String(cString: $0) } ?? "error \(error.pointee.code)"
        let line = Int(error.pointee.line)
        let detail = String(message.prefix { $0 != "\n" && $0 != "\r\n" }.prefix(200))
        // The parser is not stopped here, where it may hold on to what stopping frees: it ends by itself, or at the next element.
        keep(OfficeFileFault(.notWellFormed(detail), at: line > 0 ? [.line(line)] : []))
    }

    func check(_ code: Int32) throws(OfficeFileFault) {
        if let fault { throw fault }
        guard code == 0 else { throw OfficeFileFault(.notWellFormed("error \(code)")) }
    }

    /// The first fault is the one that is told.
    private func keep(_ fault: OfficeFileFault) {
        if self.fault == nil { self.fault = fault }
    }

    private func stop(_ fault: OfficeFileFault) {
        keep(fault)
        if let parser { xmlStopParser(parser) }
    }

    private func attempt(_ body: () throws(OfficeFileFault) -> Void) {
        if let fault { return stop(fault) }
        do throws(OfficeFileFault) { try body() } catch { stop(error) }
    }

    private func add(_ count: Int) throws(OfficeFileFault) {
        textBytes += count
        guard textBytes <= limits.textBytes else { throw OfficeFileFault(.tooMuch(.textBytes, limit: limits.textBytes)) }
    }

    /// Five pointers an attribute: local name, prefix, namespace, and where its value begins and ends.
    private func read(
        _ count: Int, _ pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) throws(OfficeFileFault) -> [(name: XMLName, value: String)] {
        guard count > 0, let pointers else { return [] }
        var attributes: [(name: XMLName, value: String)] = []
        attributes.reserveCapacity(count)
        for index in 0..<count {
            let place = pointers + 5 * index
            guard let local = place[0], let start = place[3], let end = place[4] else { continue }
            try add(end - start)
            attributes.append((try name(place[2], local), Self.value(UnsafeBufferPointer(start: start, count: end - start))))
        }
        return attributes
    }

    /// Where no entities are replaced, libxml2 gives an ampersand in an attribute as `&#38;`, and never as anything else.
    private static func value(_ text: UnsafeBufferPointer<xmlChar>) -> String {
        guard text.contains(UInt8(ascii: "&")) else { return String(decoding: text, as: UTF8.self) }
        let reference = Array("&#38;".utf8)
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.first {
            bytes.append(byte)
            rest = rest.dropFirst(rest.starts(with: reference) ? reference.count : 1)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func name(_ namespace: UnsafePointer<xmlChar>?, _ local: UnsafePointer<xmlChar>) throws(OfficeFileFault) -> XMLName {
        let key = NameKey(namespace: namespace, local: local)
        if let name = names[key] { return name }
        guard names.count < limits.names else { throw OfficeFileFault(.tooMuch(.names, limit: limits.names)) }
        let name = XMLName(namespace.map { String(cString: $0) } ?? "", String(cString: local))
        names[key] = name
        return name
    }
}

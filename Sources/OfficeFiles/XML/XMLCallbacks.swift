internal import CLibXML2

/// The functions that libxml2 calls: each finds the state of its reading and hands on what came.
enum XMLCallbacks {
    static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        // The second version: with namespaces, and with errors as values rather than on the standard error.
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startDocument = { context in XMLCallbacks.state(context)?.startDocument() }
        handler.internalSubset = { context, _, _, _ in XMLCallbacks.state(context)?.refuseDocumentType() }
        handler.externalSubset = { context, _, _, _ in XMLCallbacks.state(context)?.refuseDocumentType() }
        handler.entityDecl = { context, _, _, _, _, _ in XMLCallbacks.state(context)?.refuseDocumentType() }
        handler.startElementNs = { context, local, _, namespace, namespaces, _, count, _, attributes in
            guard let local else { return }
            XMLCallbacks.state(context)?.begin(local, namespace, declaring: Int(namespaces), Int(count), attributes)
        }
        handler.endElementNs = { context, local, _, namespace in
            guard let local else { return }
            XMLCallbacks.state(context)?.end(local, namespace)
        }
        handler.characters = { context, text, count in
            guard let text, count > 0 else { return }
            XMLCallbacks.state(context)?.text(text, Int(count))
        }
        handler.ignorableWhitespace = handler.characters
        handler.cdataBlock = handler.characters
        handler.serror = { context, error in
            guard let error else { return }
            XMLCallbacks.state(context)?.report(error)
        }
        return handler
    }

    private static func state(_ context: UnsafeMutableRawPointer?) -> XMLReadingState? {
        context.map { Unmanaged<XMLReadingState>.fromOpaque($0).takeUnretainedValue() }
    }
}

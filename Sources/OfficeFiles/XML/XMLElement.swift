/// The name of an element or an attribute: its namespace, empty if there is none, and the name within it.
public struct XMLName: Hashable, Sendable {
    public let namespace: String
    public let local: String

    public init(_ namespace: String, _ local: String) {
        self.namespace = namespace
        self.local = local
    }
}

/// The beginning of an element.
public struct XMLElement: Sendable {
    public let name: XMLName
    public let attributes: [(name: XMLName, value: String)]

    /// The attribute without a namespace.
    public subscript(local: String) -> String? { self["", local] }

    public subscript(namespace: String, local: String) -> String? {
        attributes.first { $0.name.local == local && $0.name.namespace == namespace }?.value
    }
}

/// Is told what an XML document holds, in its order. What it throws ends the reading.
public protocol XMLVisitor: AnyObject {
    func begin(_ element: XMLElement) throws(OfficeFileFault)
    /// A piece of text as UTF-8: text may come in several, none of which ends within a character.
    func text(_ piece: UnsafeRawBufferPointer) throws(OfficeFileFault)
    func end(_ name: XMLName) throws(OfficeFileFault)
}

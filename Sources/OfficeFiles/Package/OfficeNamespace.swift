/// The namespaces of Office files. The strict form of ISO/IEC 29500 has names of its own for the same elements.
enum OfficeNamespace {
    static let contentTypes = "http://schemas.openxmlformats.org/package/2006/content-types"
    static let relationships = "http://schemas.openxmlformats.org/package/2006/relationships"
    static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    static let word2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
    static let compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    static let documentRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let variantTypes = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"

    static func isSpreadsheet(_ name: XMLName) -> Bool {
        name.namespace == "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            || name.namespace == "http://purl.oclc.org/ooxml/spreadsheetml/main"
    }

    static func isWord(_ name: XMLName) -> Bool {
        name.namespace == word || name.namespace == "http://purl.oclc.org/ooxml/wordprocessingml/main"
    }

    /// `r:id` of an element, in either form.
    static func relationship(of element: XMLElement) -> String? {
        element[documentRelationships, "id"] ?? element["http://purl.oclc.org/ooxml/officeDocument/relationships", "id"]
    }
}

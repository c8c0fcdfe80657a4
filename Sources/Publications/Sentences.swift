internal import Foundation
public import HTML

/// The sentences of the interface, one folder of YAML files a language.
public enum Sentences {
    /// The languages that there are sentences in.
    public static let languages: [Language] = [.english]

    /// The catalogue of a language, read from every file of its folder.
    ///
    /// - Throws: `CatalogueError` if a file is not a catalogue, or a key stands in two.
    public static func catalogue(_ language: Language = .english) throws -> Catalogue {
        let folder = Bundle.module.bundleURL.appendingPathComponent(language.code)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }.sorted()
        // Flat mappings one after the other are one flat mapping.
        let texts = try files.map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
        return try Catalogue(yaml: texts.joined(separator: "\n"), language: language)
    }
}

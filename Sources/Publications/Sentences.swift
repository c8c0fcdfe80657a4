internal import Foundation
public import HTML

/// The sentences of the interface, one folder of YAML files a language.
public enum Sentences {
    /// The languages that there are sentences in. The first is for whoever asks for none of them, and lends its sentences to the others.
    public static let languages: [Language] = [.english, .french, .spanish]

    /// The catalogue of a language, read from every file of its folder. What it lacks is said in English, and noted as missing.
    ///
    /// - Throws: `CatalogueError` if a file is not a catalogue, or a key stands in two.
    public static func catalogue(_ language: Language = .english) throws -> Catalogue {
        let own = try read(language)
        return language.code == Language.english.code ? own : own.fallingBack(on: try read(.english))
    }

    /// The catalogues of all languages but the first.
    public static func otherCatalogues() throws -> [Catalogue] {
        let english = try read(.english)
        return try languages.dropFirst().map { try read($0).fallingBack(on: english) }
    }

    static let resources = Bundle.module.bundleURL.appendingPathComponent("Resources")

    private static func read(_ language: Language) throws -> Catalogue {
        let folder = resources.appendingPathComponent(language.code)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }.sorted()
        // Flat mappings one after the other are one flat mapping.
        let texts = try files.map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
        return try Catalogue(yaml: texts.joined(separator: "\n"), language: language)
    }
}

public import Foundation
internal import Ledger

/// A fund folder that was read and found without fault.
public struct FundFolder: Sendable {
    public let slug: String
    public let terms: Terms
    /// `terms.yaml` as it is.
    let termsText: String
    /// By name without the ending: `overview`, `context`, …
    let texts: [String: String]
    let records: [RecordKind: [Fields]]
    let contributions: [Contribution]
    /// Every file with its SHA-256, for the audit chain.
    let files: [FileDigest]

    struct FileDigest: Sendable, Encodable {
        let name: String
        let sha256: String
    }

    /// How many rows each file of records has.
    public var rowCounts: [(file: String, rows: Int)] {
        RecordKind.files.map { ($0.file, $0 == .contributions ? contributions.count : records[$0]?.count ?? 0) }
    }

    /// Reads and checks the folder at `url`.
    ///
    /// - Throws: `Faults` with everything that is wrong, all at once.
    public static func read(at url: URL) throws(Faults) -> FundFolder {
        let faults = FaultCollector()
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory), isDirectory.boolValue else {
            faults.report(url.path, nil, nil, "is not a folder", remedy: "give the path of a fund folder")
            throw Faults(faults: faults.faults)
        }
        return try read(FolderOnDisk(url: url), slug: url.standardizedFileURL.lastPathComponent, faults: faults)
    }

    /// Reads and checks a folder that somebody handed over.
    ///
    /// - Parameters:
    ///   - files: by their names relative to the folder. Those that no fund folder has are passed over, as they are on disk.
    ///   - slug: the folder's name.
    /// - Throws: `Faults` with everything that is wrong, all at once.
    public static func read(_ files: [String: [UInt8]], slug: String) throws(Faults) -> FundFolder {
        try read(FolderHandedOver(files: files), slug: slug, faults: FaultCollector())
    }

    private static func read(_ folder: any FolderFiles, slug: String, faults: FaultCollector) throws(Faults) -> FundFolder {
        if !isIdentifier(slug) || slug != slug.lowercased() {
            faults.report(slug, nil, nil, "is not a slug", remedy: "name the folder with lower-case letters, digits and hyphens")
        }
        if slug == PeopleChain.name {
            faults.report(slug, nil, nil, "is the name of the chain of people", remedy: "name the folder otherwise")
        }
        let termsFile = FolderFile.read(TermsNode.file, in: folder, faults: faults)
        let recordFiles = RecordKind.files.map { ($0, FolderFile.read($0.file, in: folder, faults: faults)) }
        let textFiles = textNames(in: folder, faults: faults).map { FolderFile.read("texts/\($0).md", in: folder, faults: faults) }
        try faults.throwIfAny()

        let terms = termsFile.flatMap { TermsReader.read($0.text, faults: faults) }
        var rows: [RecordKind: [LocatedFields]] = [:]
        for case (let kind, let file?) in recordFiles { rows[kind] = located(file, kind: kind, faults: faults) }
        // Without Terms the rows cannot be checked: their currency, areas and regions are unknown.
        guard let termsFile, let terms else { throw Faults(faults: faults.faults) }
        let texts = Dictionary(uniqueKeysWithValues: textFiles.compactMap { $0 }.map { ($0.textName, $0.text) })
        let contributions = FolderCheck(terms: terms, rows: rows, texts: texts, faults: faults).run()
        try faults.throwIfAny()

        let files = ([termsFile] + recordFiles.compactMap(\.1) + textFiles.compactMap { $0 }).map {
            FileDigest(name: $0.name, sha256: $0.digest)
        }
        return FundFolder(
            slug: slug, terms: terms, termsText: termsFile.text, texts: texts,
            records: rows.filter { $0.key != .contributions }.mapValues { $0.map(\.fields) }, contributions: contributions, files: files)
    }

    private static func textNames(in folder: any FolderFiles, faults: FaultCollector) -> [String] {
        let names = folder.texts.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
        for name in names where !isIdentifier(name) {
            faults.report(
                "texts/\(name).md", nil, nil, "“\(name)” is not a name", remedy: "name the file with letters (a–z, A–Z), digits and hyphens"
            )
        }
        return names
    }

    private static let rowLimit = 100_000
    private static let fieldLimit = 10_000

    private static func located(_ file: FolderFile, kind: RecordKind, faults: FaultCollector) -> [LocatedFields] {
        let lines: [CSVReader.Line]
        do {
            lines = try CSVReader.read(Array(file.text.utf8))
        } catch {
            faults.report(
                file.name, error.line, nil, error.problem, remedy: "quote the field as RFC 4180 has it, doubling the marks inside")
            return []
        }
        let header = "\(kind.columns.joined(separator: ","))"
        guard let first = lines.first, first.fields == kind.columns else {
            let unknown = lines.first?.fields.first { !kind.columns.contains($0) }
            faults.report(
                file.name, lines.first?.number, unknown, unknown == nil ? "the header is not the expected one" : "unknown column",
                remedy: "write exactly \(header)")
            return []
        }
        guard lines.count <= rowLimit + 1 else {
            faults.report(file.name, nil, nil, "has \(lines.count - 1) rows", remedy: "keep it at \(rowLimit) rows or fewer")
            return []
        }
        return lines.dropFirst().compactMap { line in
            guard line.fields.count == kind.columns.count else {
                faults.report(
                    file.name, line.number, nil, "has \(line.fields.count) fields instead of \(kind.columns.count)",
                    remedy: "quote fields that contain a comma")
                return nil
            }
            for (column, field) in zip(kind.columns, line.fields) where field.utf8.count > fieldLimit {
                faults.report(file.name, line.number, column, "has more than \(fieldLimit) bytes", remedy: "shorten it")
            }
            return LocatedFields(line: line.number, fields: Fields(kind: kind, values: line.fields))
        }
    }
}

/// A row with the line on which it begins.
struct LocatedFields {
    let line: Int
    let fields: Fields
}

extension FolderFile {
    fileprivate var textName: String { String(name.dropFirst("texts/".count).dropLast(".md".count)) }
}

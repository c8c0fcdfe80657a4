internal import Foundation
public import SQL

/// The schema of the record, as numbered steps written for each engine in `Schema/`.
public enum Schema {
    public static func migrations() throws -> [Migration] {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Schema")
        var texts: [Int: (name: String, byEngine: [Engine: String])] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            // 0001_record.sqlite.sql
            let parts = file.split(separator: ".")
            guard parts.count == 3, let engine = Engine(rawValue: String(parts[1])), let number = Int(parts[0].prefix(4)) else { continue }
            texts[number, default: (String(parts[0].dropFirst(5)), [:])].byEngine[engine] =
                try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        }
        return texts.sorted { $0.key < $1.key }.map { Migration(number: $0, name: $1.name, texts: $1.byEngine) }
    }
}

/// Something wrong in a fund folder: where, what, and what to do.
public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Relative to the folder.
    public let file: String
    /// From 1; nil if it concerns the whole file.
    public let line: Int?
    /// The CSV column, or the path within the YAML: `thematic_areas[2].objectives`.
    public let field: String?
    public let problem: String
    public let remedy: String

    public var description: String {
        var place = file
        if let line { place += ":\(line)" }
        if let field { place += ": \(field)" }
        return "\(place): \(problem); \(remedy)"
    }
}

/// Everything wrong with a folder, all at once.
public struct Faults: Error, Sendable, CustomStringConvertible {
    public let faults: [Fault]

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// Gathers faults while reading goes on.
final class FaultCollector {
    /// Beyond this the folder is not the right kind of folder, and a longer list helps nobody.
    private static let limit = 500
    private(set) var faults: [Fault] = []

    /// - Parameter remedy: is not worked out once the list is full.
    func report(_ file: String, _ line: Int?, _ field: String?, _ problem: String, remedy: @autoclosure () -> String) {
        guard faults.count < Self.limit else { return }
        faults.append(Fault(file: file, line: line, field: field, problem: problem, remedy: remedy()))
    }

    func throwIfAny() throws(Faults) {
        guard faults.isEmpty else { throw Faults(faults: faults) }
    }
}

/// The candidate most like `name`, if one is close enough to be what was meant (edit distance of at most a third of its length).
func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let limit = max(1, name.utf8.count / 3)
    // The distance is at least the difference of the lengths; computing it takes the product of them.
    return candidates.filter { abs($0.utf8.count - name.utf8.count) <= limit && name.utf8.count <= 100 }
        .map { ($0, editDistance(Array(name.utf8), Array($0.utf8))) }
        .filter { $0.1 <= limit }
        .min { $0.1 < $1.1 }?.0
}

private func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var row = Array(0...second.count)
    for (i, a) in first.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in second.enumerated() {
            let substitution = diagonal + (a == b ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substitution, diagonal + 1, row[j] + 1)
        }
    }
    return row[second.count]
}

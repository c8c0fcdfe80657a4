/// Whether an `Accept-Encoding` admits gzip (RFC 9110, 12.5.3): named, or by `*`, and not with a weight of zero.
func acceptsGzip(_ header: String?) -> Bool {
    guard let header else { return false }
    var fallback = false
    for part in header.split(separator: ",") {
        let pieces = part.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
        guard let name = pieces.first else { continue }
        let isRefused = pieces.dropFirst().contains { $0.hasPrefix("q=0") && $0.dropFirst(3).allSatisfy { $0 == "." || $0 == "0" } }
        if name == "gzip" || name == "x-gzip" { return !isRefused }
        if name == "*" { fallback = !isRefused }
    }
    return fallback
}

/// Whether an `If-None-Match` names the tag. Comparison is weak (RFC 9110, 13.1.2).
func matches(_ header: String?, _ tag: String) -> Bool {
    guard let header else { return false }
    return header == tag
        || header.split(separator: ",").contains { part in
            let candidate = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed().map(String.init).joined()
            return candidate == "*" || candidate == tag || candidate == "W/\(tag)"
        }
}

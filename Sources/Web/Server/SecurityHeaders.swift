internal import HTTPTypes

/// Headers that every answer carries, whatever it is.
enum SecurityHeaders {
    /// - Parameter allowsScript: whether the page may run the program's own script, and let it send what was typed to this site.
    static func add(to headers: inout HTTPFields, allowsScript: Bool = false) {
        for (name, value) in fields { headers[name] = value }
        if allowsScript { headers[.contentSecurityPolicy]? += "; script-src 'self'; connect-src 'self'" }
    }

    private static let fields: [(HTTPField.Name, String)] =
        [
            (
                .contentSecurityPolicy,
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            ),
            (.strictTransportSecurity, "max-age=63072000; includeSubDomains"),
            (.xContentTypeOptions, "nosniff"),
        ]
        + [
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
}

public import Foundation

/// Which certificate authorities are trusted.
public enum CertificateFile {
    /// The file that `CURL_CA_BUNDLE` names, else the one that `SSL_CERT_FILE` names, else nil: then libcurl takes the system's.
    ///
    /// The command `curl` reads these variables; the library does not.
    public static func named(by environment: [String: String] = ProcessInfo.processInfo.environment) -> String? {
        ["CURL_CA_BUNDLE", "SSL_CERT_FILE"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
}

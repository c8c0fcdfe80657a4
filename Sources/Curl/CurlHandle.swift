internal import CCurl

/// One transfer of libcurl, used by one thread.
final class CurlHandle {
    let pointer: UnsafeMutableRawPointer
    /// Where libcurl says what went wrong; it never holds a password.
    private let message: UnsafeMutablePointer<CChar>
    private var shouldEnd: () -> Bool = { false }
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    private static let isReady = curl_global_init(ccurl_global_all()) == CURLE_OK

    /// - Throws: what libcurl cannot do.
    init() throws(CurlFault) {
        guard Self.isReady, let pointer = curl_easy_init() else { throw CurlFault("libcurl could not be set up") }
        self.pointer = pointer
        message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try check(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, message))
        // Its way to end a slow look-up of a name is a signal, which is no good where there are threads.
        try set(CURLOPT_NOSIGNAL, 1)
    }

    deinit {
        curl_easy_cleanup(pointer)
        for list in lists { curl_slist_free_all(list) }
        message.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) throws(CurlFault) { try check(ccurl_set_long(pointer, option, value)) }

    func set(_ option: CURLoption, _ value: Duration) throws(CurlFault) {
        try set(option, Int(value.components.seconds * 1_000 + value.components.attoseconds / 1_000_000_000_000_000))
    }

    func set(_ option: CURLoption, _ value: String) throws(CurlFault) {
        // What stands behind it would be lost without a word.
        guard !value.utf8.contains(0) else { throw CurlFault("a setting holds a NUL") }
        try check(ccurl_set_text(pointer, option, value))
    }

    func set(_ option: CURLoption, _ values: [String]) throws(CurlFault) {
        var list: UnsafeMutablePointer<curl_slist>?
        for value in values {
            guard let longer = curl_slist_append(list, value) else {
                curl_slist_free_all(list)
                throw CurlFault("out of memory")
            }
            list = longer
        }
        guard let list else { return }
        lists.append(list)
        try check(ccurl_set_list(pointer, option, list))
    }

    /// What a callback gets back as its last argument.
    func set(_ option: CURLoption, context: AnyObject) throws(CurlFault) {
        try check(ccurl_set_pointer(pointer, option, Unmanaged.passUnretained(context).toOpaque()))
    }

    /// Of reading, writing and headers, which have the same type.
    func set(_ option: CURLoption, callback: curl_read_callback) throws(CurlFault) {
        try check(ccurl_set_data_callback(pointer, option, callback))
    }

    /// The certificates are checked, and against which; there is no way to switch that off.
    func verifyCertificates(with file: String?) throws(CurlFault) {
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file { try set(CURLOPT_CAINFO, file) }
    }

    /// Ends the transfer within about a second of the moment from which `condition` holds.
    func end(when condition: @escaping () -> Bool) throws(CurlFault) {
        shouldEnd = condition
        try set(CURLOPT_XFERINFODATA, context: self)
        try set(CURLOPT_NOPROGRESS, 0)
        try check(
            ccurl_set_progress_callback(pointer) { context, _, _, _, _ in
                guard let context else { return 1 }
                return Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue().shouldEnd() ? 1 : 0
            })
    }

    /// Runs the transfer to its end.
    func perform() -> CURLcode { curl_easy_perform(pointer) }

    func describe(_ code: CURLcode) -> String {
        let text = String(cString: message)
        return text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    }

    func check(_ code: CURLcode) throws(CurlFault) {
        guard code == CURLE_OK else { throw CurlFault(String(cString: curl_easy_strerror(code))) }
    }
}

/// libcurl does not do what it is asked: it is too old, made without TLS, or out of memory.
struct CurlFault: Error {
    let description: String

    init(_ description: String) { self.description = description }
}

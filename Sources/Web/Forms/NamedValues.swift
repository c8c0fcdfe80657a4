/// A field of a form as it was sent: its name and what was typed.
struct NamedValue: Sendable, Hashable {
    let name: String
    let value: String
}

/// The fields of a form in the order in which they were sent. A name may stand several times, as ticked boxes of one group do.
protocol NamedValues: Sendable {
    var pairs: [NamedValue] { get }
}

extension NamedValues {
    /// The first value under `name`; nil if the form was sent without such a field.
    func first(_ name: String) -> String? {
        pairs.first { isSame($0.name, name) }?.value
    }

    /// Every value under `name`, in order.
    func all(_ name: String) -> [String] {
        pairs.filter { isSame($0.name, name) }.map(\.value)
    }

    /// Byte by byte: two names that only Unicode takes for one are two.
    private func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
    }
}

/// What somebody typed, from the bytes that were sent: UTF-8 without U+0000, its lines ended by a line feed.
///
/// Browsers send every line break as CR LF (WHATWG HTML, 4.10.21.4); kept so, a text would differ from itself after each visit to a form.
///
/// - Returns: nil if the bytes are not UTF-8 or hold U+0000, which no record can keep.
func typedText(_ bytes: some Collection<UInt8>) -> String? {
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { return nil }
    guard bytes.contains(UInt8(ascii: "\r")) else { return text }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var isAfterReturn = false
    for byte in bytes {
        let isReturn = byte == UInt8(ascii: "\r")
        if isReturn {
            output.append(UInt8(ascii: "\n"))
        } else if byte != UInt8(ascii: "\n") || !isAfterReturn {
            output.append(byte)
        }
        isAfterReturn = isReturn
    }
    return String(decoding: output, as: UTF8.self)
}

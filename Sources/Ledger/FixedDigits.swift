/// Reads exactly so many ASCII digits; nothing for anything else.
func wholeNumber(_ bytes: some Collection<UInt8>, digits: Int) -> Int? {
    guard bytes.count == digits, bytes.allSatisfy(isASCIIDigit) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
}

/// Writes a number that is not negative with at least so many digits.
func zeroPadded(_ number: Int, digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}

extension Language {
    /// A whole number with its digits in groups of three: `57,425,741`. Below zero it begins with a minus sign, U+2212.
    public func integer(_ number: Int64) -> String {
        (number < 0 ? "\u{2212}" : "") + grouped(number.magnitude)
    }

    /// A number given in its smallest units, `places` decimals below the whole: 5742574100 with 2 places is `57,425,741.00`,
    /// or `57,425,741` if a fraction of nothing but zeros is dropped.
    public func decimal(minorUnits: Int64, places: Int, dropZeroFraction: Bool = false) -> String {
        let (whole, fraction) = split(minorUnits.magnitude, places: places)
        let text = (minorUnits < 0 ? "\u{2212}" : "") + grouped(whole)
        if fraction.isEmpty || (dropZeroFraction && fraction.utf8.allSatisfy { $0 == UInt8(ascii: "0") }) {
            return text
        }
        return text + decimalSeparator + fraction
    }

    /// A percentage whose number is given as decimal text with a full stop: `38.3` is `38.3 %`, with a no-break space before the sign.
    public func percent(_ decimalText: String) -> String {
        let number = decimalText.unicodeScalars.map { scalar in
            switch scalar {
            case ".": decimalSeparator
            case "-": "\u{2212}"
            default: String(scalar)
            }
        }
        return number.joined() + "\u{A0}%"
    }

    /// An amount in millions, short enough for a table: three digits that count, at most two decimals, no zeros at the end
    /// (`157`, `57.4`, `1.75`, `2`); below one million two digits that count (`0.25`, `0.0045`), so that no amount but zero is `0`.
    ///
    /// `minorUnits` is `places` decimals below the unit: cents with 2. Halves are rounded away from zero.
    public func millions(minorUnits: Int64, places: Int) -> String {
        let scale = max(0, places) + 6
        let digits = String(minorUnits.magnitude).utf8.count
        // The digits before the decimal separator; zero or less is how far behind it the first one stands.
        let wholeDigits = digits - scale
        let decimals = wholeDigits > 0 ? max(0, 3 - wholeDigits) : 2 - wholeDigits
        let dropped = max(0, scale - decimals)
        let kept = rounded(minorUnits.magnitude, droppingDigits: dropped)
        var (whole, fraction) = split(kept, places: scale - dropped)
        while fraction.utf8.last == UInt8(ascii: "0") {
            fraction.removeLast()
        }
        let sign = minorUnits < 0 && kept > 0 ? "\u{2212}" : ""
        return sign + grouped(whole) + (fraction.isEmpty ? "" : decimalSeparator + fraction)
    }

    private func grouped(_ number: UInt64) -> String {
        let digits = String(number)
        guard digits.utf8.count > 3 else { return digits }
        var text = ""
        for (index, digit) in digits.unicodeScalars.enumerated() {
            if index > 0, (digits.utf8.count - index) % 3 == 0 {
                text += groupSeparator
            }
            text.unicodeScalars.append(digit)
        }
        return text
    }

    /// The whole and the digits of the fraction, `places` of them.
    private func split(_ number: UInt64, places: Int) -> (whole: UInt64, fraction: String) {
        guard places > 0 else { return (number, "") }
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        return (UInt64(padded.dropLast(places)) ?? 0, String(padded.suffix(places)))
    }

    private func rounded(_ number: UInt64, droppingDigits count: Int) -> UInt64 {
        guard count > 0 else { return number }
        guard count < 20 else { return 0 }
        let divisor = (0..<count).reduce(UInt64(1)) { power, _ in power * 10 }
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder >= divisor - remainder ? quotient + 1 : quotient
    }
}

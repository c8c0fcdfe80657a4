/// A text as an error message shows it: in quotation marks, cut after 60 scalars, and with everything that
/// is not printable ASCII written as an escape.
///
/// The escape is the point: `−1` with a minus sign (U+2212) looks like `-1` with a hyphen, and a message that
/// shows the two alike tells the reader nothing.
func quoted(_ text: String) -> String {
    var result = "\""
    var count = 0
    for scalar in text.unicodeScalars {
        if count == 60 {
            result += "..."
            break
        }
        result += scalar.escaped(asASCII: true)
        count += 1
    }
    return result + "\""
}

internal import Credentials
internal import HTML

extension QRCode {
    /// The code as a drawing, dark on light in every colour scheme, since cameras look for that.
    ///
    /// - Parameter label: what it is, for those who do not see it.
    func markup(label: String) -> Markup {
        let margin = 4
        let side = size + 2 * margin
        var outline = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                guard self[row, column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < size, self[row, column] { column += 1 }
                outline += "M\(start + margin) \(row + margin)h\(column - start)v1h-\(column - start)z"
            }
        }
        return svg(.class("qr-code"), .viewBox("0 0 \(side) \(side)"), .role("img"), .aria(.label, label), .focusable(false)) {
            rect(.class("qr-light"), .width(Double(side)), .height(Double(side)))
            path(.class("qr-dark"), .d(outline))
        }
    }
}

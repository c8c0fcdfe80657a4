internal import CQREncode

/// A QR code (ISO/IEC 18004) as the square of its modules. Whoever draws it leaves a margin of four modules around it, light on every side.
public struct QRCode: Sendable, Equatable {
    /// How many modules a side has, without the margin: 21 to 177.
    public let size: Int
    private let modules: [Bool]

    /// The longest text, in bytes of UTF-8. A longer one would give modules too small for a telephone's camera.
    public static let byteLimit = 1024

    /// With error correction of level M: a code on a screen is not soiled, but may be seen at an angle.
    ///
    /// `nil` for an empty text, and for one beyond ``byteLimit``.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (1...Self.byteLimit).contains(bytes.count) else { return nil }
        // Version 0: the smallest that holds it.
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let size = Int(code.pointee.width)
        self.size = size
        // The lowest bit of each byte is the module; the others say what part of the code it is.
        modules = UnsafeBufferPointer(start: code.pointee.data, count: size * size).map { $0 & 1 == 1 }
    }

    /// Whether the module is dark. Rows from the top, columns from the left, both from 0; beyond the square it is light.
    public subscript(row: Int, column: Int) -> Bool {
        (0..<size).contains(row) && (0..<size).contains(column) && modules[row * size + column]
    }
}

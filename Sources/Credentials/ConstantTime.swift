internal import Crypto

/// Whether the bytes are the same, in a time that depends on their number alone and so tells nothing of where they differ.
func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    SymmetricKey(data: left) == SymmetricKey(data: right)
}

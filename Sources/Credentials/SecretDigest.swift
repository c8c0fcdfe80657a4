internal import Crypto

/// The 32 bytes of SHA-256: what the record keeps of a secret that nobody can guess.
///
/// One round of a fast hash is enough for secrets that were drawn at random from 2^80 or more: whoever has the digest would have to try
/// half of them. Only what a person thought up needs the slow ``PasswordHash``. It needs no salt either: no two secrets are the same.
func secretDigest(of bytes: some Sequence<UInt8>) -> [UInt8] {
    Array(SHA256.hash(data: Array(bytes)))
}

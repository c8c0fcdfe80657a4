#if PostgreSQL
    internal import CPostgreSQL
    internal import SQL

    /// The object ids of the types that are sent (PostgreSQL's `pg_type.dat`); they never change.
    private enum TypeID {
        static let boolean: Oid = 16
        static let bytes: Oid = 17
        static let character: Oid = 18
        static let name: Oid = 19
        static let integer8: Oid = 20
        static let integer2: Oid = 21
        static let integer4: Oid = 23
        static let text: Oid = 25
        static let objectID: Oid = 26
        static let float4: Oid = 700
        static let float8: Oid = 701
        static let varyingCharacter: Oid = 1043
        static let nothing: Oid = 2278
        /// The server infers the type from where the value stands.
        static let inferred: Oid = 0
    }

    /// The values of a statement in PostgreSQL's binary form, one after the other.
    struct Parameters {
        private(set) var types: [Oid] = []
        private var bytes: [UInt8] = []
        /// Where each value ends; nil for NULL.
        private var ranges: [Range<Int>?] = []

        /// In bytes. The server takes less than four times as much.
        private static let sizeLimit = 256 << 20

        init(_ values: [Value]) throws {
            types.reserveCapacity(values.count)
            ranges.reserveCapacity(values.count)
            for value in values {
                switch value {
                case .null:
                    append(TypeID.inferred, nil)
                case .integer(let integer):
                    let start = bytes.count
                    withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
                    append(TypeID.integer8, start..<bytes.count)
                case .text(let text):
                    let start = bytes.count
                    bytes.append(contentsOf: text.utf8)
                    guard !bytes[start...].contains(0) else { throw DatabaseError.invalidValue("a text contains the character U+0000") }
                    append(TypeID.text, start..<bytes.count)
                case .bytes(let blob):
                    let start = bytes.count
                    bytes.append(contentsOf: blob)
                    append(TypeID.bytes, start..<bytes.count)
                }
            }
            guard bytes.count <= Self.sizeLimit else { throw DatabaseError.invalidValue("a row of more than \(Self.sizeLimit >> 20) MiB") }
            // An empty value needs an address too: without one it would be NULL.
            bytes.append(0)
        }

        private mutating func append(_ type: Oid, _ range: Range<Int>?) {
            types.append(type)
            ranges.append(range)
        }

        func withPointers<Result>(
            _ body: (CInt, [UnsafePointer<CChar>?], [CInt], [CInt]) -> Result
        ) -> Result {
            bytes.withUnsafeBytes { buffer in
                let start = buffer.assumingMemoryBound(to: CChar.self).baseAddress
                let pointers = ranges.map { range in range.flatMap { range in start.map { $0 + range.lowerBound } } }
                return body(
                    CInt(ranges.count), pointers, ranges.map { CInt($0?.count ?? 0) }, [CInt](repeating: 1, count: ranges.count))
            }
        }
    }

    /// The columns of a result in binary form.
    struct RowLayout {
        private let names: [String]
        private let types: [Oid]
        private let columns: [String: Int]

        init(of result: OpaquePointer) throws {
            let count = PQnfields(result)
            names = (0..<count).map { String(cString: PQfname(result, $0)) }
            types = (0..<count).map { PQftype(result, $0) }
            columns = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }

        /// The only row of a result.
        func row(of result: OpaquePointer) throws -> Row {
            var values: [Value] = []
            values.reserveCapacity(types.count)
            for index in types.indices { values.append(try value(of: result, at: index)) }
            return Row(columns: columns, values: values)
        }

        private func value(of result: OpaquePointer, at index: Int) throws -> Value {
            let column = CInt(index)
            if PQgetisnull(result, 0, column) == 1 { return .null }
            let bytes = UnsafeRawBufferPointer(start: PQgetvalue(result, 0, column), count: Int(PQgetlength(result, 0, column)))
            switch types[index] {
            case TypeID.integer8: return .integer(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
            case TypeID.integer4: return .integer(Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))))
            case TypeID.integer2: return .integer(Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self))))
            case TypeID.objectID: return .integer(Int64(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
            // As the other engine says it.
            case TypeID.boolean: return .integer(bytes.first == 0 ? 0 : 1)
            case TypeID.text, TypeID.varyingCharacter, TypeID.name, TypeID.character: return .text(String(decoding: bytes, as: UTF8.self))
            case TypeID.bytes: return .bytes(Array(bytes))
            case TypeID.nothing: return .null
            case TypeID.float4, TypeID.float8:
                throw DatabaseError.damaged("column \(names[index]) holds a floating-point number")
            default:
                throw DatabaseError.other("column \(names[index]) has a type that the engines do not share: cast it to BIGINT or TEXT")
            }
        }
    }
#endif

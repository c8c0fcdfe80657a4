internal import Crypto
internal import SQL

/// Whether what stands beside the record, because it can be erased, is what the record vouches for.
enum PeopleVerification {
    static func problems(in transaction: any ReadTransaction) throws -> [String] {
        var problems: [String] = []
        try PeopleQueries.forEachVouched(in: transaction) { particulars, salt, vouched in
            if vouched == nil {
                problems.append("the particulars of \(particulars.id) belong to nobody on record")
            } else if vouched != particulars.digest(salt: salt) {
                problems.append("the particulars of \(particulars.id) were altered")
            }
        }
        for person in try PeopleQueries.withoutParticulars(in: transaction) {
            problems.append("the particulars of \(person) are missing, and no erasure says why")
        }
        try DocumentQueries.forEach(in: transaction) { digest, content in
            if Array(SHA256.hash(data: content)) != digest { problems.append("the document \(hexadecimal(digest)) was altered") }
        }
        for digest in try DocumentQueries.missing(in: transaction) { problems.append("the document \(hexadecimal(digest)) is missing") }
        return problems
    }
}

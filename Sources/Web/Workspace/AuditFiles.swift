internal import HTML
internal import HTTPTypes
internal import Ledger
internal import OfficeFiles
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// The audit trail as CSV, newest first, narrowed as the page is.
    ///
    /// - Throws: 413 for more events than one file holds.
    func auditFile(_ fund: String) async throws -> WorkspaceFile {
        guard let terms = try await office.terms(ofFund: fund) else { throw Failure.notFound }
        let filter = try auditFilter(try FundDays(timeZone: terms.identity.timeZone))
        guard let trail = try await office.auditTrail(ofFund: fund, filter, limit: AuditTrail.fileLimit) else { throw Failure.notFound }
        guard trail.next == nil else {
            throw Failure(.contentTooLarge, "error.audit-too-long", ["value": wording.integer(AuditTrail.fileLimit)])
        }
        let listing = Listing(
            [
                "chain", "sequence", "recorded_at", "local_day", "local_time", "actor", "name", "action", "on_behalf_of", "answer_sha256",
                "rows",
                "hash", "previous_hash", "body",
            ], trail.events.map { row($0, trail) })
        return WorkspaceFile(contentType: PageFormat.csv.contentType, name: "\(fund)-audit.csv", bytes: listing.csv)
    }

    private func row(_ event: AuditTrailEvent, _ trail: AuditTrail) -> Listing.Row {
        let said = if case .text(let text) = event.body { text } else { "" }
        return Listing.Row(
            key: event.id,
            values: [
                .string(event.event.fund), .integer(Int(event.event.sequence)), .string(event.event.recordedAt.description),
                .date(trail.days.day(of: event.event.recordedAt)), .string(trail.days.timeOfDay(of: event.event.recordedAt)),
                .string(event.event.actor), .text(trail.people[event.event.actor]?.name), .string(event.event.action),
                .text(event.onBehalf?.person), .text(event.onBehalf.map { hexadecimal($0.document) }),
                .list(event.rows.map { "\($0.table): \($0.count)" }), .string(hexadecimal(event.hash)),
                .string(hexadecimal(event.event.previousHash)), .string(said),
            ])
    }

    /// An answer that was attached to what was recorded on behalf of somebody.
    func attachment(_ fund: String, _ digest: String) async throws -> WorkspaceFile {
        guard let bytes = Self.bytes(ofHexadecimal: digest), bytes.count == 32,
            let document = try await office.attachedDocument(bytes, ofFund: fund)
        else { throw Failure.notFound }
        return WorkspaceFile(
            contentType: document.mediaType + ([.plainText, .csv].contains(document.kind) ? "; charset=utf-8" : ""),
            // The name it was sent under may hold anything: the answer goes by its digest here.
            name: "answer-\(digest.prefix(12)).\(document.kind.nameExtensions[0])", bytes: document.content)
    }

    private static func bytes(ofHexadecimal text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap(hexadecimalDigit)
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

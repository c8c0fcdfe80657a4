internal import Foundation
internal import Ledger
internal import SQL

/// Signs off the version of a proposal that was submitted last: that very one, by the digest of its content.
public struct SignOffProposal: Action {
    public static let name = "sign-off-proposal"
    public static let hasPublicEffect = false
    public static let isRecordedOnBehalf = true
    public static let right = Right(
        [.participatingOrganizationFocalPoint, .residentCoordinator, .governmentCounterpart, .localAuthority],
        rule: "Only those sign off a proposal whom its form asks: for an organization that takes part, or for a country that it names.")

    public let fund: String
    public let proposal: String
    public let party: ProposalForm.Signature.Party
    public let organization: String
    /// SHA-256 of the version's content in hexadecimal digits, as it stands on the version.
    public let digest: String
    /// A page that was signed on paper and carries the digest.
    public let page: AttachedDocument?
    /// The code that is printed on what was signed on paper (``VersionCode``); nil for what was not.
    public let pageCode: String?

    public init(
        fund: String, proposal: String, party: ProposalForm.Signature.Party, organization: String, digest: String,
        page: AttachedDocument? = nil, pageCode: String? = nil
    ) {
        self.fund = fund
        self.proposal = proposal
        self.party = party
        self.organization = organization
        self.digest = digest
        self.page = page
        self.pageCode = pageCode
    }

    public struct Outcome: Sendable, Hashable, Codable {
        public let version: Int
        /// How many signatures that must be there are not.
        public let waitingCount: Int
    }

    public func auditBody() throws -> [UInt8] {
        Array(try JSONEncoder().encode(["proposal": proposal, "party": party.rawValue, "organization": organization]))
    }

    public func authorise(_ actor: Actor, in recording: Recording) throws {
        let rule = try submitted(recording).map { SignOffRule(party, $0.file.proposal, $0.version, $0.file.form, $0.file.choices) }
        var isNotNamed = false
        do {
            try recording.require(Self.right, of: actor, for: Self.name) { holding in
                guard holding.organization == organization, let rule else { return false }
                isNotNamed = isNotNamed || !recording.isOnBehalf && rule.lacksName(holding)
                return rule.lets(holding, isOnBehalf: recording.isOnBehalf)
            }
        } catch is Refusal where isNotNamed {
            throw Refusal.notAllowed(
                Self.name, "A local authority signs off a version that names it.",
                remedy: "ask those who propose to name it as the fund's records do, or the Fund Management Unit to record your signature")
        }
    }

    public func perform(in recording: Recording) throws -> Outcome {
        guard let (file, version) = try submitted(recording), file.proposal.stage.isSignedOff(version.document) else {
            throw Refusal("nothing of “\(proposal)” waits to be signed off", remedy: "wait until it is submitted")
        }
        guard digest.lowercased() == hexadecimal(version.contentDigest) else {
            throw Refusal(
                "the digest is not that of version \(version.number), the last that was submitted", remedy: "read that one, and sign it")
        }
        try requirePageCode(version, recording)
        guard file.form.signatures.contains(where: { $0.party == party }) else {
            throw Refusal(
                "the form does not ask for “\(party.rawValue)”",
                remedy: didYouMean(party.rawValue, among: file.form.signatures.map(\.party.rawValue)))
        }
        let given = try SubmissionQueries.signOffs(of: proposal, in: fund, recording.transaction).filter {
            $0.document == version.document && $0.version == version.number
        }
        if !given.contains(where: { $0.party == party && $0.organization == organization }) {
            if let page { try DocumentQueries.keep(page, in: recording.beside) }
            try recording.insert(
                into: .proposalSignOff,
                [
                    .text(proposal), .text(version.document.rawValue), .integer(Int64(version.number)), .text(party.rawValue),
                    .text(organization), .bytes(version.contentDigest), page.map { .bytes($0.digest) } ?? .null,
                ])
        }
        return Outcome(
            version: version.number, waitingCount: waiting(file, given.map { ($0.party, $0.organization) } + [(party, organization)]))
    }

    /// Whoever signed on paper held one version in their hands: the code says which.
    private func requirePageCode(_ version: ProposalVersion, _ recording: Recording) throws(Refusal) {
        guard let pageCode else {
            guard page == nil, !recording.isOnBehalf else {
                throw Refusal(
                    "what was signed on paper comes with the code that is printed on it",
                    remedy: "give the 16 digits that stand beside “Code of this version” on the signature page")
            }
            return
        }
        guard VersionCode.isCode(pageCode, of: version.contentDigest) else {
            throw Refusal(
                "the page carries the code “\(pageCode)”; that of version \(version.number), which was submitted last, is \(VersionCode.text(of: version.contentDigest))",
                remedy: "have the signature page of that version signed")
        }
    }

    private func waiting(_ file: ProposalFile, _ given: [(party: ProposalForm.Signature.Party, organization: String)]) -> Int {
        file.form.signatures.filter(\.isRequired).reduce(0) { count, signature in
            let signed = Set(given.filter { $0.party == signature.party }.map(\.organization))
            if signature.party == .organizations { return count + file.proposal.organizations.count { !signed.contains($0) } }
            return count + (signed.isEmpty ? 1 : 0)
        }
    }

    /// The document that the proposal has come to, with what was submitted of it last.
    private func submitted(_ recording: Recording) throws -> (file: ProposalFile, version: ProposalVersion)? {
        guard let current = try ProposalQueries.proposal(proposal, of: fund, in: recording.transaction),
            let file = try ProposalFile.read(current, current.stage.document, of: fund, recording.terms(), in: recording.transaction),
            let version = try ProposalQueries.latestVersion(
                of: proposal, file.document, in: fund, file.terms.currency, in: recording.transaction)
        else { return nil }
        return (file, version)
    }
}

/// A table that is not of the record: what it holds may be changed and deleted, and no event vouches for it.
///
/// What is personal is here, so that it can be erased; and what only keeps the house running: sessions, mail to be sent, answers to requests.
public enum OperationalTable: String, Sendable, CaseIterable {
    case personParticulars = "person_particulars"
    case documentContent = "document_content"
    case credential
    case secondFactor = "second_factor"
    case recoveryCode = "recovery_code"
    case session
    case knownDevice = "known_device"
    case invitation
    case accessToken = "access_token"
    case addressChange = "address_change"
    case linkedIdentity = "linked_identity"
    case providerVisit = "provider_visit"
    case preference
    case notice
    case outgoingMail = "outgoing_mail"
    case mailedNotice = "mailed_notice"
    case answeredRequest = "answered_request"
    case houseMark = "house_mark"
    case proposalDraft = "proposal_draft"
    case proposalDraftAside = "proposal_draft_aside"
    case proposalSectionOwner = "proposal_section_owner"
    case proposalComment = "proposal_comment"
    case assessmentDraft = "assessment_draft"
    case committeeComment = "committee_comment"
    case reminder

    /// What a copy of the record leaves behind: whoever holds the copy must not be signed in by it.
    public static let leftBehind: Set<OperationalTable> = [.session, .providerVisit, .knownDevice, .addressChange]

    /// What there is of a person; an erasure empties it. In an order in which nothing is named any more when it goes.
    static let ofPeople: [OperationalTable] = [
        .mailedNotice, .notice, .reminder, .outgoingMail, .preference, .providerVisit, .linkedIdentity, .accessToken, .addressChange,
        .invitation,
        .knownDevice,
        .session,
        .recoveryCode, .secondFactor, .credential, .personParticulars,
    ]
}

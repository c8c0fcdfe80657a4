internal import HTML
internal import Ledger
internal import PooledFund

extension PersonalData {
    /// The same as a document that programs read.
    var json: JSON {
        let roles = holdings.map { holding -> JSON in
            [
                "id": .string(holding.id), "fund": .string(holding.fund), "role": .string(holding.role.rawValue),
                "organization": .string(holding.organization), "seat": .text(holding.seat), "engagement": .text(holding.engagement),
                "starts_on": .date(holding.startsOn), "ends_on": .date(holding.endsOn), "ended_at": .text(holding.endedAt?.description),
            ]
        }
        let opened = sessions.map { session -> JSON in
            [
                "level": .string(session.stage.rawValue), "created_at": .string(session.createdAt.description),
                "seen_at": .string(session.seenAt.description), "expires_at": .string(session.expiresAt.description),
                "browser": .string(session.agent),
            ]
        }
        let issued = tokens.map { token -> JSON in
            [
                "id": .string(token.id), "name": .string(token.name), "scope": .string(token.scope.rawValue), "fund": .text(token.fund),
                "created_at": .string(token.createdAt.description), "expires_at": .string(token.expiresAt.description),
                "used_at": .text(token.usedAt?.description), "revoked_at": .text(token.revokedAt?.description),
                "outlives_sign_out": .boolean(token.outlivesSignOut),
            ]
        }
        let told = notices.map { notice -> JSON in
            [
                "id": .string(notice.id), "fund": .string(notice.fund), "kind": .string(notice.kind.rawValue),
                "arguments": .object(notice.arguments.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .string($0.value)) }),
                "created_at": .string(notice.createdAt.description), "read_at": .text(notice.readAt?.description),
            ]
        }
        let written = writing.map { text -> JSON in
            [
                "fund": .string(text.fund), "proposal": .string(text.proposal), "document": .string(text.document.rawValue),
                "section": .string(text.section), "saved_at": .string(text.savedAt.description), "is_aside": .boolean(text.isAside),
                "answers": JSON(InputValue.object(text.answers.values)),
            ]
        }
        let said = remarks.map { remark -> JSON in
            [
                "fund": .string(remark.fund), "proposal": .string(remark.proposal), "section": .string(remark.section),
                "audience": .string(remark.audience.rawValue), "written_at": .string(remark.writtenAt.description),
                "remark": .string(remark.remark),
            ]
        }
        return [
            "person": [
                "id": .string(particulars.id), "name": .string(particulars.name), "email": .string(particulars.email),
                "address_to_prove": .text(addressToProve),
            ],
            "has_password": .boolean(hasPassword), "has_second_factor": .boolean(hasSecondFactor),
            "recovery_codes_left": .integer(recoveryCodesLeft), "roles": .array(roles), "sessions": .array(opened),
            "known_browsers": .array(devices.map { ["created_at": .string($0.description)] }), "tokens": .array(issued),
            "identities": .array(
                identities.map { identity -> JSON in
                    [
                        "issuer": .string(identity.issuer), "subject": .string(identity.subject),
                        "linked_at": .string(identity.linkedAt.description),
                    ]
                }),
            "access_changes": .array(changes.map { ["change": .string($0.name), "at": .string($0.at.description)] }),
            "notices": .array(told), "writing": .array(written), "comments": .array(said), "assessments": .array(assessments.map(\.json)),
            "expertise": .array(expertise.map(\.json)), "statements": .array(statements.map(\.json)),
        ]
    }
}

extension PersonalData.Assessment {
    fileprivate var json: JSON {
        [
            "fund": .string(fund), "proposal": .string(proposal), "document": .string(document.rawValue),
            "version": version.map(JSON.integer) ?? .null, "is_draft": .boolean(version == nil), "at": .string(at.description),
            "remark": .string(remark),
            "scores": .array(
                scores.sorted { $0.key < $1.key }.map { criterion, given -> JSON in
                    [
                        "criterion": .string(criterion), "score": given.score.map(JSON.integer) ?? .null,
                        "justification": .string(given.justification),
                    ]
                }),
        ]
    }
}

extension PersonalData.Expertise {
    fileprivate var json: JSON {
        [
            "fund": .string(fund), "at": .string(at.description), "areas": .array(declared.areas.map(JSON.integer)),
            "regions": .list(declared.regions), "languages": .list(declared.languages), "organizations": .list(declared.organizations),
            "countries": .list(declared.countries),
        ]
    }
}

extension PersonalData.Statement {
    fileprivate var json: JSON {
        [
            "kind": .string(kind.rawValue), "fund": .string(fund), "meeting": .text(meeting.isEmpty ? nil : meeting),
            "proposal": .string(proposal), "answer": .text(answer.isEmpty ? nil : answer), "text": .string(text),
            "at": .string(at.description),
        ]
    }
}

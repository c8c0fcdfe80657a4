internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// All that is kept of whoever asks.
    func personalDataPage() async throws -> WorkspacePage {
        guard let data = try await office.personalData(of: visitor.id) else { throw Failure.notFound }
        var roles: [Markup] = []
        for holding in data.holdings { roles.append(try await item(holding)) }
        let wording = house.wording
        return WorkspacePage(
            title: say("my-data.title"), lead: .text(say("my-data.lead")),
            content: .fragment {
                p(.class("aside")) { a(.href(Self.address(.personalData, query: [("format", "json")]))) { say("my-data.download") } }
                workspaceBlock(say("settings.you"), note: .text(say("my-data.you.note"))) {
                    factList([
                        (say("settings.name"), bdi { data.particulars.name }), (say("sign-in.email"), bdi { data.particulars.email }),
                        (say("my-data.address-to-prove"), bdi { data.addressToProve ?? say("my-data.none") }),
                        (say("my-data.id"), code { data.particulars.id }),
                        (say("settings.password.title"), yes(data.hasPassword)),
                        (say("settings.second-factor.title"), yes(data.hasSecondFactor)),
                        (say("my-data.recovery-codes"), .text(wording.integer(data.recoveryCodesLeft))),
                    ])
                }
                list("my-data.roles", "my-data.roles.note", roles)
                list(
                    "my-data.sessions", "my-data.sessions.note",
                    data.sessions.map { session in
                        .fragment {
                            say(
                                "my-data.session",
                                ["created": .text(wording.moment(session.createdAt)), "seen": .text(wording.moment(session.seenAt))])
                            p(.class("dim")) { bdi { session.agent } }
                        }
                    })
                list(
                    "my-data.devices", "my-data.devices.note", data.devices.map { .text(wording.moment($0)) })
                list("tokens.title", "my-data.tokens.note", data.tokens.map { token in bdi { token.name } })
                list(
                    "my-data.identities", "my-data.identities.note",
                    data.identities.map { identity in bdi { "\(identity.issuer) · \(identity.subject)" } })
                list(
                    "my-data.changes", "my-data.changes.note",
                    data.changes.map { change in .text("\(wording.moment(change.at)) · \(say("access-change.\(change.name)"))") })
                list(
                    "my-data.writing", "my-data.writing.note",
                    data.writing.map { text in
                        .fragment {
                            "\(wording.moment(text.savedAt)) · \(text.proposal), \(text.section)"
                            if text.isAside { " · \(say("my-data.writing.aside"))" }
                        }
                    })
                list(
                    "my-data.remarks", "my-data.remarks.note",
                    data.remarks.map { remark in
                        .fragment {
                            "\(wording.moment(remark.writtenAt)) · \(remark.proposal), \(remark.section)"
                            p(.class("dim"), .dir(.automatic)) { remark.remark }
                        }
                    })
                list(
                    "my-data.notices", "my-data.notices.note",
                    data.notices.map { notice in
                        .fragment {
                            "\(wording.moment(notice.createdAt)) · "
                            code { notice.kind.rawValue }
                        }
                    })
            })
    }

    private func yes(_ isSo: Bool) -> Markup { .text(say(isSo ? "my-data.yes" : "my-data.no")) }

    private func list(_ title: SentenceKey, _ note: SentenceKey, _ items: [Markup]) -> Markup {
        workspaceBlock(say(title), note: .text(say(note))) {
            items.isEmpty ? p(.class("dim")) { say("my-data.none") } : ul(.class("plain")) { items.map { item in li { item } } }
        }
    }

    private func item(_ holding: RoleHolding) async throws -> Markup {
        let fund = try await house.fundName(holding.fund)
        let party = try await house.partyName(holding)
        let wording = house.wording
        return .fragment {
            say.markup(
                "invitation.role",
                ["role": strong { wording.role(holding.role) }, "fund": bdi { fund }, "organization": bdi { party }])
            p(.class("dim")) {
                if let endedAt = holding.endedAt {
                    say("my-data.role.ended", ["start": .text(wording.date(holding.startsOn)), "end": .text(wording.moment(endedAt))])
                } else if let endsOn = holding.endsOn {
                    say("my-data.role.until", ["start": .text(wording.date(holding.startsOn)), "end": .text(wording.date(endsOn))])
                } else {
                    say("my-data.role.from", ["start": .text(wording.date(holding.startsOn))])
                }
            }
        }
    }

    /// A file instead of a page, where one is asked for.
    func personalDataFile() async throws -> WorkspaceFile? {
        guard query.first("format") == "json" else { return nil }
        guard let data = try await office.personalData(of: visitor.id) else { throw Failure.notFound }
        return WorkspaceFile(contentType: PageFormat.json.contentType, name: "my-data.json", bytes: data.json.bytes)
    }
}

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
            "notices": .array(told), "writing": .array(written), "comments": .array(said),
        ]
    }
}

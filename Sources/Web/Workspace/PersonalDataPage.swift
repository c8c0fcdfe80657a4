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
                list("my-data.assessments", "my-data.assessments.note", data.assessments.map(item))
                list("my-data.statements", "my-data.statements.note", data.statements.map(item))
                list(
                    "my-data.expertise", "my-data.expertise.note",
                    data.expertise.map { declared in
                        let parts = declared.declared
                        let all = parts.areas.map(String.init) + parts.regions + parts.languages + parts.organizations + parts.countries
                        return .text("\(wording.moment(declared.at)) · \(wording.list(all))")
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

    private func item(_ assessment: PersonalData.Assessment) -> Markup {
        .fragment {
            "\(house.wording.moment(assessment.at)) · \(assessment.proposal)"
            if assessment.version == nil { " · \(say("my-data.assessment.draft"))" }
            if !assessment.remark.isEmpty { p(.class("dim"), .dir(.automatic)) { assessment.remark } }
        }
    }

    private func item(_ statement: PersonalData.Statement) -> Markup {
        .fragment {
            "\(house.wording.moment(statement.at)) · \(say(SentenceKey("my-data.statement.\(statement.kind.rawValue)"))) · \(statement.proposal)"
            if !statement.answer.isEmpty { " · \(say(SentenceKey("committee.answer.\(statement.answer)")))" }
            if !statement.text.isEmpty { p(.class("dim"), .dir(.automatic)) { statement.text } }
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

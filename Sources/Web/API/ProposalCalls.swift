internal import HTML
internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import NIOCore
internal import OfficeFiles
internal import PooledFund

/// Answers programs that read proposals: `GET /api/v1/funds/{fund}/proposals` and `…/proposals/{code}`, each to whoever may see it.
extension ActionCalls {
    func proposals(_ fund: String, _ code: String?, _ query: String, _ request: Request) async throws -> Response {
        do {
            let reader = try await person(asking: request, fund, isReading: true)
            let json: JSON
            if let code {
                let document = try document(query)
                let now = house.clock()
                let found = try await available { try await house.office.proposal(code, document, seenBy: reader, in: fund, now: now) }
                // Whoever may not see it learns no more than that there is none for them.
                guard let found else {
                    throw Problem(.notFound, house.say("action.problem.no-proposal", ["proposal": .text(code)]))
                }
                json = ProposalJSON(model: found).json
            } else {
                let found = try await available { try await house.office.proposals(seenBy: reader, in: fund, now: house.clock()) }
                guard let found else {
                    throw Problem(.notFound, house.say("action.problem.no-fund", ["fund": .text(fund)]))
                }
                json = ["fund": .string(fund), "proposals": .array(found.map(ProposalJSON.summary))]
            }
            return response(.ok, "application/json", json)
        } catch let problem as Problem {
            return response(to: problem)
        }
    }

    /// A file of a proposal, for whoever sees what it belongs to. A browser keeps it, and never shows it as a page of this site.
    func proposalFile(_ fund: String, _ code: String, _ id: String, _ request: Request) async throws -> Response {
        do {
            let reader = try await person(asking: request, fund, isReading: true)
            let now = house.clock()
            let file = try await available {
                try await house.office.proposalAttachment(id, of: code, seenBy: reader, in: fund, now: now)
            }
            guard let (attachment, content) = file else {
                throw Problem(.notFound, house.say("action.problem.no-proposal", ["proposal": .text(code)]))
            }
            let kind = FileKind(rawValue: attachment.mediaType) ?? .plainText
            let headers: HTTPFields = [
                .contentType: attachment.mediaType, .contentLength: String(content.count), .cacheControl: "no-store", .vary: "Cookie",
                // The name that it was sent under is not trusted for anything.
                .contentDisposition: "attachment; filename=\"\(attachment.id).\(kind.nameExtensions[0])\"",
            ]
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content)))
        } catch let problem as Problem {
            return response(to: problem)
        }
    }

    /// Which of the two documents is asked for; nil for the one that the proposal has come to.
    private func document(_ query: String) throws -> ProposalDocument? {
        guard let text = try FormBody(parsing: Array(query.utf8)).pairs.first(where: { $0.name == "document" })?.value else { return nil }
        guard let document = ProposalDocument(rawValue: text) else {
            throw Problem(.badRequest, house.say("action.problem.no-document", ["document": .text(text)]))
        }
        return document
    }
}

/// A proposal as JSON, of which its reader sees no more than on a page.
private struct ProposalJSON {
    let model: ProposalOnDesk

    static func summary(_ summary: ProposalSummary) -> JSON {
        .object(
            head(summary.proposal, title: summary.title).map { JSON.Member(name: $0, value: $1) } + [
                JSON.Member(name: "version", value: summary.version.map(version) ?? .null)
            ])
    }

    private static func head(_ proposal: Proposal, title: String) -> [(String, JSON)] {
        [
            ("code", .string(proposal.code)), ("title", .string(title)), ("call", .text(proposal.call.isEmpty ? nil : proposal.call)),
            ("lead", .string(proposal.lead)), ("organizations", .list(proposal.organizations)),
            ("stage", .string(proposal.stage.rawValue)), ("stageSince", .string(proposal.stageSince.description)),
        ]
    }

    private static func version(_ version: ProposalVersion) -> JSON {
        [
            "document": .string(version.document.rawValue), "number": .integer(version.number),
            "digest": .string(hexadecimal(version.contentDigest)), "code": .string(VersionCode.text(of: version.contentDigest)),
            "submittedAt": .string(version.submittedAt.description),
            "thematicArea": version.facts.thematicArea.map(JSON.integer) ?? .null,
            "objectives": .array(version.facts.objectives.map(JSON.integer)), "countries": .list(version.facts.countries),
            "regions": .list(version.facts.regions), "localAuthorities": .list(version.facts.localAuthorities),
            "durationMonths": version.facts.durationMonths.map(JSON.integer) ?? .null,
            "amounts": .array(
                version.facts.amounts.map { ["organization": .string($0.organization), "amount": .money($0.amount)] }),
        ]
    }

    var json: JSON {
        var members = Self.head(model.proposal, title: model.title)
        if model.sight >= .submitted {
            members.append(("stageReason", .string(model.proposal.stageReason)))
            members.append(("revisionDue", .text(model.proposal.revisionDue?.at.description)))
        }
        members += [
            ("document", .string(model.document.rawValue)), ("sections", .array(model.sections.map(section))),
            ("problems", .array((model.reading?.problems ?? []).map(problem))), ("budget", budget),
            ("criteria", .array(model.findings.map(finding))), ("attachments", .array(model.attachments.map(attachment))),
            ("versions", .array(model.versions.map(versionWithAnswers))), ("signOffs", .array(model.signOffs.map(signOff))),
            ("may", .list(model.may.map(\.rawValue).sorted())),
        ]
        return .object(members.map { JSON.Member(name: $0, value: $1) })
    }

    private func section(_ section: ProposalOnDesk.Section) -> JSON {
        [
            "id": .string(section.id), "revision": .integer(section.revision), "answers": Self.answers(section.answers),
            "owner": .text(section.owner), "missing": .list(section.completeness?.missing ?? []),
            "aside": section.aside.map { ["revision": .integer($0.revision), "answers": Self.answers($0.answers)] } ?? .null,
            "differences": .array(
                section.differences.map { ["field": .string($0.field), "saved": .text($0.before), "yours": .text($0.after)] }),
            "comments": .array(section.comments.map(comment)),
        ]
    }

    private static func answers(_ answers: SectionAnswers) -> JSON { JSON(InputValue.object(answers.values)) }

    private func comment(_ comment: SectionComment) -> JSON {
        [
            "id": .string(comment.id), "audience": .string(comment.audience.rawValue), "author": .string(comment.author),
            "remark": .string(comment.remark), "writtenAt": .string(comment.writtenAt.description),
            "settledAt": .text(comment.settledAt?.description),
        ]
    }

    private func problem(_ problem: FormProblem) -> JSON {
        [
            "section": .string(problem.section), "field": .string(problem.field), "problem": .string(problem.problem),
            "remedy": .string(problem.remedy),
        ]
    }

    private var budget: JSON {
        guard let totals = model.reading?.totals else { return .null }
        return [
            "direct": .money(totals.direct), "indirect": .money(totals.indirect), "total": .money(totals.total),
            "organizations": .array(
                totals.organizations.map {
                    [
                        "organization": .string($0.organization), "direct": .money($0.direct), "indirect": .money($0.indirect),
                        "total": .money($0.total),
                    ]
                }),
        ]
    }

    private func finding(_ finding: RuleFinding) -> JSON {
        ["criterion": .string(finding.rule), "answer": .string(finding.answer.rawValue), "found": .string(finding.found)]
    }

    private func attachment(_ file: ProposalAttachment) -> JSON {
        [
            "id": .string(file.id), "field": .string(file.field), "name": .string(file.name), "mediaType": .string(file.mediaType),
            "size": .integer(file.size), "sha256": .string(hexadecimal(file.digest)), "attachedAt": .string(file.attachedAt.description),
        ]
    }

    private func versionWithAnswers(_ version: ProposalVersion) -> JSON {
        guard case .object(let members) = Self.version(version) else { return .null }
        let answers = version.answers.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: Self.answers($0.value)) }
        return .object(members + [JSON.Member(name: "answers", value: .object(answers))])
    }

    private func signOff(_ asked: ProposalOnDesk.SignOffAsked) -> JSON {
        [
            "party": .string(asked.party.rawValue), "organization": .text(asked.organization), "isRequired": .boolean(asked.isRequired),
            "signedAt": .text(asked.signed?.signedAt.description), "page": .text(asked.signed?.page.map { hexadecimal($0) }),
        ]
    }
}

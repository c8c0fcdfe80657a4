internal import HTML
internal import HTTPTypes
internal import Ledger
internal import PooledFund
internal import Publications

extension ProposalDesk {
    /// A page to be signed on paper, of one version and no other.
    func signaturePage() throws -> WorkspacePage {
        let number = context.query.first("version").flatMap { $0.isEmpty ? nil : $0 }
        guard let version = number.map({ text in model.versions.first { String($0.number) == text } }) ?? model.versions.last else {
            throw Failure.notFound
        }
        return page(
            say("writing.signature-page.title", ["title": .text(version.facts.title)]),
            lead: .text(say("writing.signature-page.lead", ["document": .text(documentName)])),
            .fragment {
                div(.class("signature-page")) {
                    factList([
                        (say("writing.code"), HTML.code { code }),
                        (say("writing.version-label"), .text(wording.integer(version.number))),
                        (say("writing.submitted"), moment(version.submittedAt)),
                        (say("writing.version-code"), HTML.code { VersionCode.text(of: version.contentDigest) }),
                        ("SHA-256", HTML.code { hexadecimal(version.contentDigest) }),
                        (say("writing.amount"), (try? version.facts.budget(in: currency)).map { .text(wording.money($0)) } ?? .empty),
                    ])
                    lines(of: version).map { label, name in
                        div(.class("signature")) {
                            h2 { label }
                            p { name.isEmpty ? say("writing.signature.name") : name }
                            div(.class("signature-lines")) {
                                p { say("writing.signature.who") }
                                p { say("writing.signature.sign") }
                                p { say("writing.signature.day") }
                            }
                        }
                    }
                }
            })
    }

    /// Who signs, each organization by name.
    private func lines(of version: ProposalVersion) -> [(label: String, name: String)] {
        model.form.signatures.flatMap { signature in
            signature.party == .organizations
                ? model.proposal.organizations.map { (signature.label, organization($0)) } : [(signature.label, "")]
        }
    }

    /// A page by which the version that was submitted last is signed off, in the system or on a page that was signed on paper.
    func signOffPage() throws -> WorkspacePage { try signOffPage(typed: FormBody()) }

    private static let signing = "signing"

    private func signOffPage(errors: [String: [String]] = [:], refusals: [String: [String]] = [:], typed: any NamedValues) throws
        -> WorkspacePage
    {
        guard let version = model.versions.last else { throw Failure.notFound }
        let choices = model.maySign.map { signing in
            Choice(
                "\(signing.party.rawValue).\(signing.organization)",
                say("writing.sign.as", ["party": .text(signing.label), "name": .text(organization(signing.organization))]))
        }
        return page(
            say("writing.sign.title"), lead: .text(version.facts.title),
            .fragment {
                workspaceBlock(say("writing.sign.what"), id: "version") {
                    factList([
                        (say("writing.document"), .text(documentName)),
                        (say("writing.version-label"), .text(wording.integer(version.number))),
                        (say("writing.submitted"), moment(version.submittedAt)),
                        ("SHA-256", HTML.code(.class("digest")) { hexadecimal(version.contentDigest) }),
                    ])
                    p(.class("actions-line")) {
                        buttonLink(say("writing.sign.read"), to: address(.preview(code), [("version", String(version.number))]))
                        " "
                        buttonLink(say("writing.signature-page"), to: address(.signaturePage(code), [("version", String(version.number))]))
                    }
                }
                workspaceBlock(say("writing.sign.title"), id: "sign") {
                    if choices.isEmpty {
                        p(.class("notice")) { say("writing.sign.nothing") }
                    } else {
                        signOffForm(of: version, choices, errors: errors, refusals: refusals, typed: typed).markup(say)
                    }
                }
            })
    }

    private func signOffForm(
        of version: ProposalVersion, _ choices: [Choice], errors: [String: [String]], refusals: [String: [String]],
        typed: any NamedValues
    ) -> Form {
        Form(
            action: address(.signOff(code)),
            fields: [
                .hidden("document", document.rawValue), .hidden("digest", hexadecimal(version.contentDigest)),
                FormField(
                    Self.signing, label: say("writing.sign.for"), kind: .radio(choices),
                    value: typed.first(Self.signing) ?? (choices.count == 1 ? choices[0].value : nil), errors: errors[Self.signing] ?? []),
                FormField(
                    "page", label: say("writing.sign.page"), help: say("writing.sign.page.help"),
                    kind: .file(accepting: ".pdf,.png,.jpg,.jpeg"), refusals: refusals["page"] ?? [], isRequired: false),
                FormField(
                    "page_code", label: say("action.field.page_code"), help: say("action.help.page_code"), kind: .text(),
                    value: typed.first("page_code"), isRequired: false),
            ],
            buttons: [FormButton(label: say("writing.sign.button", ["number": .number(version.number)]))],
            refusals: refusals[""] ?? [], consequences: [say("writing.sign.will")])
    }

    func submitSignOff(_ form: any NamedValues, _ files: [UploadedFile]) async throws -> WorkspaceAnswer {
        let parts = (form.first(Self.signing) ?? "").split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let party = ProposalForm.Signature.Party(rawValue: parts[0]) else {
            return .page(try signOffPage(errors: [Self.signing: [say("writing.sign.choose")]], typed: form))
        }
        var page: AttachedDocument?
        if let file = files.first(where: { $0.field == "page" }) {
            do throws(Refusal) {
                page = try AttachedDocument(name: file.fileName, content: Array(file.bytes))
            } catch {
                return .page(try signOffPage(refusals: ["page": [error.sentence]], typed: form))
            }
        }
        do {
            let action = SignOffProposal(
                fund: fund, proposal: code, party: party, organization: parts[1], digest: form.first("digest") ?? "", page: page,
                pageCode: form.first("page_code").flatMap { $0.isEmpty ? nil : $0 })
            _ = try await context.office.perform(action, by: context.visitor.actor)
            return done(.signed, at: .proposal(code))
        } catch let refusal as Refusal where refusal.kind == .ordinary {
            return .page(try await again().signOffPage(refusals: ["": [refusal.sentence]], typed: form))
        }
    }
}

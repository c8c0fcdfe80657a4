internal import HTML
internal import HTTPTypes
internal import Ledger
internal import OfficeFiles
internal import PooledFund
internal import Publications

extension ProposalDesk {
    private static let file = "file"

    func wordFormFile() throws -> WorkspaceFile {
        guard seesDraft else { throw Failure.notFound }
        return WorkspaceFile(
            contentType: FileKind.wordDocument.mediaType, name: "\(code)-\(document.rawValue).docx",
            bytes: try OfflineForm(desk: self).form(at: context.now).docx())
    }

    /// The form to be taken away, filled in and brought back.
    func offlinePage() throws -> WorkspacePage {
        guard seesDraft else { throw Failure.notFound }
        return offlinePage(refusals: [])
    }

    private func offlinePage(errors: [String] = [], refusals: [String] = []) -> WorkspacePage {
        page(
            say("writing.offline.title"), lead: .text(say("writing.offline.lead", ["title": .text(model.title)])),
            .fragment {
                p(.class("actions-line")) {
                    buttonLink(say("writing.offline.download"), to: address(.wordForm(code)), weight: .primary)
                }
                p(.class("note")) { say("writing.offline.note") }
                if model.form.budget != nil {
                    p(.class("note")) {
                        say.markup("writing.offline.budget", ["link": .markup(link(.budget(code), say("writing.budget.title")))])
                    }
                }
                if writes {
                    Form(
                        action: address(.offline(code)),
                        fields: [
                            .hidden("document", document.rawValue),
                            FormField(
                                Self.file, label: say("writing.offline.upload"), help: say("writing.offline.upload.help"),
                                kind: .file(accepting: ".docx"), errors: errors, refusals: refusals),
                        ],
                        buttons: [FormButton(label: say("writing.offline.read"), sent: Self.step(.read))]
                    ).markup(say)
                }
            })
    }

    func submitOffline(_ form: any NamedValues, _ files: [UploadedFile]) async throws -> WorkspaceAnswer {
        guard writes else { throw Failure(.forbidden, "error.rule", ["value": SaveSection.right.rule]) }
        switch Self.step(in: form).step {
        case .read:
            guard let file = files.first(where: { $0.field == Self.file }) else {
                return .page(offlinePage(errors: [say("writing.offline.no-file")]))
            }
            do throws(Refusal) {
                return .page(offlineReport(try OfflineForm(desk: self).read(Array(file.bytes)), file.fileName), isRefused: false)
            } catch {
                return .page(offlinePage(refusals: [error.sentence]))
            }
        case .take: return try await takeOffline(form)
        default: throw Failure.formUnreadable
        }
    }

    // MARK: What was read

    private func offlineReport(_ reading: OfflineForm.Reading, _ name: String) -> WorkspacePage {
        page(
            say("writing.offline.report.title"), lead: bdi { name },
            .fragment {
                if !reading.observations.isEmpty {
                    workspaceBlock(say("writing.offline.noted")) {
                        ul(.class("plain")) {
                            reading.observations.prefix(200).map { field, kind in li { "\(field): \(word(kind))" } }
                        }
                    }
                }
                if reading.changed.isEmpty {
                    p(.class("notice")) { say("writing.offline.same") }
                } else {
                    reading.changed.map(changes)
                    Form(
                        action: address(.offline(code)),
                        fields: [.hidden("document", document.rawValue)]
                            + reading.changed.flatMap { returned -> [FormField] in
                                let answers = JSON(InputValue.object(returned.answers)).bytes
                                return [
                                    .hidden("answers.\(returned.section.id)", String(decoding: answers, as: UTF8.self)),
                                    .hidden("revision.\(returned.section.id)", String(returned.revision)),
                                ]
                            },
                        buttons: [FormButton(label: say("writing.offline.take"), sent: Self.step(.take))],
                        consequences: [say("writing.offline.will", ["count": .number(reading.changed.count)])], carriesFiles: true
                    ).markup(say)
                }
                p { link(.offline(code), say("writing.offline.back")) }
            })
    }

    private func changes(_ returned: OfflineForm.Returned) -> Markup {
        let (section, new) = (returned.section, SectionAnswers(returned.answers))
        let answers = AnswersMarkup(desk: self, files: [])
        let fields = section.section.fields.filter { field in
            if case .file = field.kind { return false }
            return AnswersMarkup.isOtherwise(field, section.answers, new)
        }
        let isStale = returned.revision < section.revision
        return workspaceBlock(section.section.title, note: .text(isStale ? say("writing.offline.stale") : "")) {
            RecordTable(
                caption: section.section.title,
                columns: [
                    .init(label: say("writing.field"), isName: true), .init(label: say("writing.offline.now")),
                    .init(label: say("writing.offline.then")),
                ],
                rows: fields.map { field in
                    [.text(field.label), answers.value(of: field, section.answers), answers.value(of: field, new)]
                }
            ).markup()
        }
    }

    private func word(_ kind: WordFormAnswers.Kind) -> String {
        switch kind {
        case .missing: say("writing.word.missing")
        case .duplicated: say("writing.word.duplicated")
        case .moved: say("writing.word.moved")
        case .unknown: say("writing.word.unknown")
        case .notAChoice: say("writing.word.not-a-choice")
        case .notADate: say("writing.word.not-a-date")
        case .contradictoryDate: say("writing.word.contradictory-date")
        case .severalLines: say("writing.word.several-lines")
        case .hiddenText: say("writing.word.hidden")
        case .trackedChanges: say("writing.word.tracked")
        case .notACheckbox: say("writing.word.not-a-checkbox")
        }
    }

    // MARK: Taking it over

    /// Each section by itself, as if it was typed: one that somebody else saved since is kept beside, to be compared.
    private func takeOffline(_ form: any NamedValues) async throws -> WorkspaceAnswer {
        var differing: String?
        for section in model.sections {
            guard let text = form.first("answers.\(section.id)") else { continue }
            guard case .object(let answers) = InputValue(json: Array(text.utf8)),
                let revision = form.first("revision.\(section.id)").flatMap(wholeNumber)
            else { throw Failure.formUnreadable }
            do {
                let outcome = try await save(section.section, answers, revision: revision)
                if !outcome.isSaved { differing = differing ?? section.id }
            } catch let refusal as Refusal where refusal.kind == .ordinary {
                return .page(offlinePage(refusals: ["\(section.section.title): \(refusal.sentence)"]))
            }
        }
        return differing.map { done(.differing, at: .section(code, $0)) } ?? done(.read, at: .proposal(code))
    }
}

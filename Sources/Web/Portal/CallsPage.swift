internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension PageContext {
    /// The calls of the fund: those that are open first.
    func callsPage() throws -> Page {
        guard let calls else { throw Failure.notFound }
        let open = calls.calls.filter { $0.state(at: calls.at) == .open }
        return Page(
            title: say("calls.title"), lead: .text(say("calls.lead", ["count": .number(open.count)])),
            content: .fragment {
                if calls.calls.isEmpty { p(.class("note")) { say("calls.none") } } else { callTable(calls) }
                p(.class("note")) { say("calls.zone", ["zone": .text(calls.days.timeZone)]) }
                formBlocks
            },
            hasData: !calls.calls.isEmpty)
    }

    private func callTable(_ calls: PublicCalls) -> Markup {
        RecordTable(
            caption: say("calls.title"),
            columns: [
                .init(label: say("calls.call"), isName: true), .init(label: say("column.standing")), .init(label: say("calls.opens")),
                .init(label: say("calls.closes")),
            ],
            rows: calls.calls.map { call in
                [
                    link(.call(call.code), call.title), .text(say(SentenceKey("calls.state.\(call.state(at: calls.at).rawValue)"))),
                    moment(call.opensAt, calls.days), closing(call, calls),
                ]
            }
        ).markup()
    }

    /// The end, and how long it is until then.
    private func closing(_ call: ProposalCall, _ calls: PublicCalls) -> Markup {
        guard let closes = call.closesAt else { return .text(say("calls.no-end")) }
        let left = calls.days.day(of: closes).daysSince1970 - calls.days.day(of: calls.at).daysSince1970
        return .fragment {
            moment(closes, calls.days)
            if call.state(at: calls.at) == .open {
                span(.class("memo")) { left == 0 ? say("calls.today") : say("calls.left", ["count": .number(left)]) }
            }
        }
    }

    private func moment(_ instant: Instant, _ days: FundDays) -> Markup {
        let rest = ((instant.microsecondsSince1970 % 1_000_000) + 1_000_000) % 1_000_000
        let second = (try? Instant(microsecondsSince1970: instant.microsecondsSince1970 - rest)) ?? instant
        return time(.datetime(second.description)) {
            say("workspace.moment", ["date": .text(wording.date(days.day(of: instant))), "time": .text(days.timeOfDay(of: instant))])
        }
    }

    /// One call: what it asks for, until when, by which criteria, and what was asked and answered.
    func callPage(_ code: String) throws -> Page {
        guard let calls, let call = calls.call(code) else { throw Failure.notFound }
        let questions = calls.questions(about: code)
        return Page(
            title: call.title, lead: .text(say(SentenceKey("calls.state.\(call.state(at: calls.at).rawValue)"))),
            content: .fragment {
                facts([
                    (say("calls.opens"), moment(call.opensAt, calls.days)), (say("calls.closes"), closing(call, calls)),
                    (say("calls.zone-label"), .text(calls.days.timeZone)),
                ])
                block(say("calls.asks")) {
                    div(.class("prose")) { call.summary.split(separator: "\n").map { line in p(.dir(.automatic)) { String(line) } } }
                    if !call.reason.isEmpty { p(.class("note")) { say("calls.changed", ["reason": .text(call.reason)]) } }
                }
                criteria
                block(say("calls.questions")) {
                    if questions.isEmpty {
                        p(.class("dim")) { say("calls.questions.none") }
                    } else {
                        dl(.class("questions")) {
                            questions.map { asked in
                                div {
                                    dt(.dir(.automatic)) { asked.question }
                                    dd {
                                        (asked.answer ?? "").split(separator: "\n").map { line in p(.dir(.automatic)) { String(line) } }
                                    }
                                }
                            }
                        }
                    }
                }
                formBlocks
            })
    }

    private var criteria: Markup {
        terms.eligibility.isEmpty
            ? .empty
            : block(say("calls.criteria")) {
                ul {
                    terms.eligibility.map { rule in li { rule.rule + (rule.value.map { " (\(wording.integer($0)) \(rule.unit))" } ?? "") } }
                }
            }
    }

    // MARK: What the forms ask for

    private var formBlocks: Markup {
        .fragment {
            terms.forms.map { form in
                block(form.title, note: .text(form.help)) {
                    form.sections.map { section in
                        details(.class("form-section")) {
                            summary { section.title }
                            if !section.help.isEmpty { p(.class("note")) { section.help } }
                            ul { section.fields.map(fieldItem) }
                        }
                    }
                }
            }
        }
    }

    private func fieldItem(_ field: ProposalField) -> Markup {
        li {
            field.label
            span(.class("memo")) {
                ([say(field.isRequired ? "form.required" : "form.optional"), limit(of: field), field.help].compactMap(\.self))
                    .filter { !$0.isEmpty }.joined(separator: " · ")
            }
            if case .rows(let columns, _) = field.kind { ul { columns.map(fieldItem) } }
        }
    }

    private func limit(of field: ProposalField) -> String? {
        switch field.kind {
        case .text(let limit), .lines(let limit):
            limit.unit == .words
                ? say("writing.limit.words", ["count": .number(limit.count)])
                : say("writing.limit.characters", ["count": .number(limit.count)])
        case .wholeNumber(let range):
            say("writing.limit.number", ["from": .number(range.lowerBound), "to": .number(range.upperBound)])
        case .choices(_, let most): say("writing.limit.choices", ["count": .number(most)])
        case .rows(_, let most): say("writing.limit.rows", ["count": .number(most)])
        case .file(let asked): say("writing.limit.files", ["count": .number(asked.atMost)])
        default: nil
        }
    }

    // MARK: Data

    /// The calls of the fund, or the questions about one that have an answer.
    func callsListing() -> Listing {
        guard let calls else { return Listing([], []) }
        if case .call(let code) = place {
            return Listing(
                ["id", "call", "question", "askedAt", "answer", "answeredAt"],
                calls.questions(about: code).map { asked in
                    Listing.Row(
                        key: asked.id,
                        values: [
                            .string(asked.id), .string(asked.call), .string(asked.question), .string(asked.askedAt.description),
                            .text(asked.answer), .text(asked.answeredAt?.description),
                        ])
                })
        }
        return Listing(
            ["code", "title", "summary", "state", "opensAt", "closesAt", "timeZone", "changed"],
            calls.calls.map { call in
                Listing.Row(
                    key: call.code,
                    values: [
                        .string(call.code), .string(call.title), .string(call.summary), .string(call.state(at: calls.at).rawValue),
                        .string(call.opensAt.description), .text(call.closesAt?.description), .string(calls.days.timeZone),
                        .text(call.reason.isEmpty ? nil : call.reason),
                    ])
            })
    }
}

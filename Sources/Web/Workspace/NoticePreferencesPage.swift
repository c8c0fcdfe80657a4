internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension WorkspaceContext {
    /// How mail comes to whoever is signed in, and what became of the last mails.
    func noticePreferencesPage() async throws -> WorkspacePage {
        let chosen = try await office.noticePreference(of: visitor.id)
        let isSaved = query.first("saved") != nil
        return try await page(
            form: preferenceForm(delivery: chosen?.delivery ?? .atOnce),
            notice: isSaved ? PageNotice(kind: .success, text: .text(say("mail.preferences.saved"))) : nil)
    }

    /// Keeps what was chosen.
    func submitNoticePreferences(_ typed: any NamedValues) async throws -> WorkspaceAnswer {
        guard let delivery = typed.first("delivery").flatMap(NoticePreference.Delivery.init) else {
            return .page(try await page(form: preferenceForm(delivery: nil, errors: [say("mail.preferences.missing")]), notice: nil))
        }
        let language = try await office.noticePreference(of: visitor.id)?.language ?? say.language.code
        try await office.prefer(NoticePreference(delivery: delivery, language: language), of: visitor.id, now: now)
        return .done(Self.address(.notices, query: [("saved", FormField.ticked)]))
    }

    private func page(form: Form, notice: PageNotice?) async throws -> WorkspacePage {
        let mails = try await office.mails(to: visitor.id, limit: 20)
        let trouble = try await mailsGivenUp()
        return WorkspacePage(
            title: say("mail.preferences.title"), lead: .text(say("mail.preferences.lead")), notice: notice,
            content: .fragment {
                form.markup(say)
                mails.isEmpty
                    ? p(.class("dim")) { say("mail.list.none") }
                    : mailTable(mails, caption: say("mail.list.caption"), namesPeople: false)
                trouble
            })
    }

    private func preferenceForm(delivery: NoticePreference.Delivery?, errors: [String] = []) -> Form {
        Form(
            action: Self.address(.notices),
            fields: [
                FormField(
                    "delivery", label: say("mail.preferences.delivery"),
                    kind: .radio([
                        Choice(NoticePreference.Delivery.atOnce.rawValue, say("mail.preferences.at-once")),
                        Choice(
                            NoticePreference.Delivery.digest.rawValue, say("mail.preferences.digest"),
                            help: say("mail.preferences.digest.help")),
                    ]), value: delivery?.rawValue, errors: errors)
            ],
            buttons: [FormButton(label: say("mail.preferences.save"))])
    }

    /// What did not arrive, for each fund that the visitor administers; nothing where all arrived.
    private func mailsGivenUp() async throws -> Markup {
        var parts: [Markup] = []
        for fund in visitor.funds where visitor.roles(in: fund).contains(.administrator) {
            let mails = try await office.givenUpMails(inFund: fund, limit: 50)
            guard !mails.isEmpty else { continue }
            let name = try await house.fundName(fund)
            parts.append(
                section(.class("block")) {
                    h2 { say("mail.trouble.title", ["fund": .text(name)]) }
                    p(.class("note")) { say("mail.trouble.lead") }
                    mailTable(mails, caption: say("mail.trouble.caption"), namesPeople: true)
                })
        }
        return .sequence(parts)
    }

    private func mailTable(_ mails: [QueuedMail], caption: String, namesPeople: Bool) -> Markup {
        let about = RecordTable.Column(label: say("mail.list.about"), isName: true)
        let to = RecordTable.Column(label: say("mail.list.to"))
        let state = RecordTable.Column(label: say("mail.list.state"))
        return RecordTable(
            caption: caption, columns: namesPeople ? [about, to, state] : [about, state],
            rows: mails.map { mail in
                let subject = Markup.text(self.about(mail))
                let words = Markup.text(self.state(of: mail))
                guard namesPeople else { return [subject, words] }
                return [subject, bdi { mail.personName ?? say("mail.list.erased") }, words]
            }
        ).markup()
    }

    /// What the mail is of, each kind once.
    private func about(_ mail: QueuedMail) -> String {
        var kinds: [Notice.Kind] = []
        for kind in mail.kinds where !kinds.contains(kind) { kinds.append(kind) }
        guard !kinds.isEmpty else { return say("mail.list.nothing") }
        return house.wording.list(kinds.map { say(SentenceKey("mail.kind.\($0.rawValue)")) })
    }

    private func state(of mail: QueuedMail) -> String {
        let problem = Argument.text(mail.problem)
        let moment = Argument.text(house.wording.moment(mail.sentAt ?? mail.dueAt))
        switch mail.state {
        case .sent: return say("mail.list.sent", ["moment": moment])
        case .waiting where mail.problem.isEmpty: return say("mail.list.waiting", ["moment": moment])
        case .waiting: return say("mail.list.again", ["moment": moment, "problem": problem])
        case .givenUp: return say("mail.list.given-up", ["problem": problem])
        }
    }
}

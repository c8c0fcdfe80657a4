internal import HTML

/// What stands around a page of the workspace: who is signed in, a way out, and the sections.
struct WorkspaceFrame: Sendable {
    struct Section: Sendable {
        let label: String
        let address: Address
        var isCurrent = false
        /// How much waits there; 0 shows nothing.
        var waiting = 0
    }

    /// The fund or the office that the page belongs to, with its address.
    let title: String
    let home: Address
    /// Nil where nobody is signed in: on the way to it.
    let signedIn: SignedIn?
    let sections: [Section]
    /// The funds that the person works in, if there are several.
    var funds: [Section] = []
    /// The pages that this one is one of, if they are several.
    var beside: [Section] = []
    /// The pages above this one, the highest first.
    var above: [Section] = []

    struct SignedIn: Sendable {
        let name: String
        /// Their own page.
        let account: Address
        let signOut: Address
    }

    func markup(_ say: Catalogue, above: Markup = .empty) -> Markup {
        header(.class("banner workspace-banner")) {
            above
            if let signedIn { signedInLine(signedIn, say) }
            if !funds.isEmpty { choiceOfFund(say) }
            div(.class("measure")) {
                a(.class("fund"), .href(home)) { title }
                if !sections.isEmpty { navigation(say) }
            }
        }
    }

    private func signedInLine(_ person: SignedIn, _ say: Catalogue) -> Markup {
        div(.class("signed-in")) {
            div(.class("measure")) {
                p {
                    say.markup("workspace.signed-in", ["name": a(.href(person.account)) { bdi { person.name } }])
                }
                singleButtonForm(FormButton(label: say("workspace.sign-out"), weight: .secondary), action: person.signOut)
            }
        }
    }

    private func choiceOfFund(_ say: Catalogue) -> Markup {
        nav(.class("funds"), .aria(.label, say("workspace.funds"))) {
            div(.class("measure")) {
                ul {
                    funds.map { fund in
                        li { a([.href(fund.address)] + (fund.isCurrent ? [.aria(.current, "true")] : [])) { fund.label } }
                    }
                }
            }
        }
    }

    /// The way back, as on the public pages.
    func breadcrumb(to title: String, _ say: Catalogue) -> Markup {
        guard !above.isEmpty else { return .empty }
        return nav(.class("breadcrumb"), .aria(.label, say("breadcrumb.label"))) {
            ol {
                above.map { page in li { a(.href(page.address)) { page.label } } }
                li { span(.aria(.current, "page")) { title } }
            }
        }
    }

    /// The other pages of the section.
    func pagesBeside(_ say: Catalogue) -> Markup {
        guard !beside.isEmpty else { return .empty }
        return nav(.class("filters beside"), .aria(.label, say("workspace.beside"))) {
            ul {
                beside.map { page in li { a([.href(page.address)] + (page.isCurrent ? [.aria(.current, "page")] : [])) { page.label } } }
            }
        }
    }

    private func navigation(_ say: Catalogue) -> Markup {
        nav(.class("main-navigation"), .aria(.label, say("workspace.navigation"))) {
            // Folded on a narrow screen; on a wide one the style sheet shows the list and hides its summary.
            details(.class("menu")) {
                summary {
                    say("navigation.menu")
                    if let current = sections.first(where: \.isCurrent) { span(.class("current")) { " · \(current.label)" } }
                }
                ul {
                    sections.map { section in
                        li {
                            a([.href(section.address)] + (section.isCurrent ? [.aria(.current, "page")] : [])) {
                                section.label
                                if section.waiting > 0 {
                                    " "
                                    span(.class("waiting")) { say.language.integer(Int64(section.waiting)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

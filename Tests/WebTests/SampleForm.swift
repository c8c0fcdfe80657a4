import HTML
import Ledger
import Publications

@testable import Web

/// A form with a field of every kind, and pages of the workspace to look at.
struct SampleForm {
    let say: Catalogue

    /// - Parameter isWrong: with something wrong in some of the fields.
    func form(isWrong: Bool) -> Form {
        func errors(_ sentence: String) -> [String] { isWrong ? [sentence] : [] }
        let areas = [
            ChoiceGroup("People", [Choice("1", "Protection"), Choice("2", "Return & reintegration")]),
            ChoiceGroup(nil, [Choice("3", "Data <and> evidence")]),
        ]
        return Form(
            action: Address(path: "/applications/7"),
            fields: [
                .hidden("version", "4\"><script>"),
                FormField(
                    "title", label: "Title of the joint programme", help: "As it will stand on the public pages.", kind: .text(),
                    value: "Safe return \"and\" <reintegration>", limit: 120),
                FormField(
                    "email", label: "E-mail of the lead agency", kind: .email(), value: "x@",
                    errors: errors("Write the whole address, such as desk@agency.example.")),
                FormField("password", label: "Password", kind: .currentPassword, value: "never shown"),
                FormField("new-password", label: "New password", help: "At least 12 characters.", kind: .newPassword, value: "never shown"),
                FormField("code", label: "Code from your authenticator", help: "Six digits.", kind: .oneTimeCode, value: "123456"),
                FormField(
                    "summary", label: "Summary", kind: .lines(), value: "\nFirst line & second",
                    errors: errors("Say in the summary whom the programme is for."), limit: 1_500),
                FormField("start", label: "Start date", kind: .date, value: "2026-01-31", isRequired: false),
                FormField(
                    "amount", label: "Requested amount", help: "Without the fee.", kind: .amount(currency: "USD"), value: "1,200,000x",
                    errors: errors("Write the amount in digits, for example 1200000.")),
                FormField(
                    "area", label: "Thematic area", kind: .choice(areas), value: isWrong ? nil : "3",
                    errors: errors("Choose a thematic area.")),
                FormField(
                    "stage", label: "How local authorities were engaged",
                    kind: .radio([
                        Choice("design", "In the design", help: "They took part in writing it."), Choice("later", "Later"),
                        Choice("not", "Not yet"),
                    ]), value: "later", errors: errors("Say how local authorities were engaged.")),
                FormField(
                    "objectives", label: "Objectives of the Compact",
                    kind: .boxes([Choice("2", "Drivers"), Choice("21", "Return"), Choice("23", "Cooperation")]),
                    values: ["2", "23"], isRequired: false),
                FormField(
                    "declaration", label: "I have read the Terms of Reference", kind: .box, value: isWrong ? nil : "yes",
                    errors: errors("Read the Terms and tick the box.")),
                FormField(
                    "papers", label: "Annexes", help: "PDF or XLSX, 25 MiB each.", kind: .file(accepting: ".pdf,.xlsx", isMultiple: true),
                    isRequired: false),
                FormField("folder", label: "A folder of annexes", kind: .file(accepting: ".zip"), isRequired: false),
            ],
            buttons: [
                FormButton(label: "Submit the concept note"),
                FormButton(label: "Save the draft", weight: .secondary, sent: NamedValue(name: "save", value: "draft")),
                FormButton(label: "Withdraw", weight: .danger, action: Address(path: "/applications/7/withdrawal")),
            ],
            errors: isWrong ? ["Somebody else has saved this form since you opened it."] : [],
            consequences: ["The concept note goes to the Fund Management Unit.", "It can be changed until the screening begins."])
    }

    func page(_ content: Markup, title: String, notice: PageNotice? = nil, isSignedIn: Bool = true) throws -> [UInt8] {
        let sections = ["Desk", "Applications", "Meetings", "Money", "People", "Settings"].enumerated().map { index, label in
            WorkspaceFrame.Section(label: label, address: Address(path: "/\(label)"), isCurrent: index == 1, waiting: index == 0 ? 3 : 0)
        }
        let frame = WorkspaceFrame(
            title: "River Towns Fund", home: Address(path: "/desk"),
            signedIn: isSignedIn
                ? .init(name: "Programme Officer, Lead Agency", account: Address(path: "/account"), signOut: Address(path: "/sign-out"))
                : nil,
            sections: isSignedIn ? sections : [])
        return Layout(say: say, assets: try Assets(), isDemonstration: true)
            .document(
                title: title, in: frame, lead: .text("One application, written by several over weeks, without losing a word."),
                notice: notice
            ) { content }
    }

    func desk() throws -> Desk {
        let items: [Desk.Item] = [
            .init(
                title: "Screen the concept note “Safe return”", address: Address(path: "/a"),
                about: .text("Lead Agency · submitted 3 March 2026"),
                due: try CivilDate(parsing: "2026-03-10"), isPressing: true, note: "two days late"),
            .init(title: "Confirm your e-mail address", address: Address(path: "/b"), due: try CivilDate(parsing: "2026-03-31")),
            .init(title: "Read the minutes", address: Address(path: "/c")),
        ]
        return Desk(groups: [Desk.Group(count: items.count, items: items)])
    }
}

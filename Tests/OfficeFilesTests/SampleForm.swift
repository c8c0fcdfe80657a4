import OfficeFiles

/// A form with a question of every kind.
enum SampleForm {
    static let scripts = "English, français e\u{301}é, español, Русский, العَرَبِيَّةُ, 中文漢字 𠀀"

    static let choices = [
        WordForm.Choice(value: "yes", label: "Yes & surely"), WordForm.Choice(value: "no", label: "No"),
        WordForm.Choice(value: "later", label: "لاحقًا"),
    ]

    static func form(language: String = "en", isRightToLeft: Bool = false) -> WordForm {
        WordForm(
            title: "Concept note <draft>", language: language, isRightToLeft: isRightToLeft, created: 1_772_323_200,
            version: "Version 3, sha256 1a2b3c",
            prompts: WordForm.Prompts(text: "Write here", choice: "Choose one", date: "Choose a day"),
            blocks: [
                .heading("Who you are", level: 1),
                .paragraph("This is what we ask.\nOn two lines, with a\ttab. \(scripts)"),
                .fact(label: "Fund", value: "River Towns (fictional)"),
                .field(WordForm.Field(tag: "name", label: "Name", help: "As registered", kind: .line)),
                .field(WordForm.Field(tag: "story", label: "Story", kind: .lines, value: .text("one\n two\tthree  \n\(scripts)"))),
                .heading("What you want", level: 2),
                .field(WordForm.Field(tag: "agree", label: "Do you agree?", kind: .choice(choices))),
                .field(WordForm.Field(tag: "start", label: "Start", kind: .date)),
                .field(WordForm.Field(tag: "end", label: "End", kind: .date, value: .date("2026-12-31"))),
                .field(WordForm.Field(tag: "truth", label: "All of it is true", kind: .checkbox)),
                .table(
                    WordForm.Table(
                        tag: "output", label: "Outputs", help: "One a row",
                        columns: [
                            WordForm.Field(tag: "what", label: "What", kind: .line),
                            WordForm.Field(tag: "when", label: "When", kind: .date),
                            WordForm.Field(tag: "sure", label: "Sure", kind: .checkbox),
                        ],
                        rowCount: 3, values: [["what": .text("a well"), "sure": .checked(true)]])),
                .signature(label: "Signature of the head of office"),
            ])
    }
}

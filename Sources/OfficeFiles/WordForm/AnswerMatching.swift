/// Sets the content controls of a file against the questions of its form.
struct AnswerMatching {
    private let form: WordForm
    private let controls: [ContentControl]
    private(set) var observations: [WordFormAnswers.Observation] = []

    /// Of controls that are not of the form; more would tell nobody more.
    private static let unknownLimit = 100

    init(_ form: WordForm, _ controls: [ContentControl]) {
        self.form = form
        self.controls = controls
    }

    /// The answers by the tag of the question.
    mutating func match() -> [String: WordForm.Answer] {
        let questions = form.questions
        let byTag = Dictionary(grouping: controls.indices, by: { controls[$0].tag })
        let moved = moved(questions, byTag)
        var answers: [String: WordForm.Answer] = [:]
        for question in questions {
            guard let places = byTag[question.tag], let first = places.first else {
                observe(question.tag, .missing)
                continue
            }
            if places.count > 1 {
                let isContradictory = places.dropFirst().contains { !isSame(controls[$0], controls[first]) }
                observe(question.tag, .duplicated(isContradictory: isContradictory))
            }
            if moved.contains(question.tag) { observe(question.tag, .moved) }
            answers[question.tag] = answer(controls[first], to: question)
        }
        observeUnknown(Set(questions.map(\.tag)))
        return answers
    }

    private mutating func observe(_ tag: String, _ kind: WordFormAnswers.Kind) {
        observations.append(WordFormAnswers.Observation(tag: tag, kind: kind))
    }

    private func isSame(_ first: ContentControl, _ second: ContentControl) -> Bool {
        first.content == second.content && first.isChecked == second.isChecked && first.isShowingPrompt == second.isShowingPrompt
    }

    /// The questions that stand before one that precedes them in the form.
    private func moved(_ questions: [WordFormQuestion], _ byTag: [String: [Int]]) -> Set<String> {
        var moved: Set<String> = []
        var earliest = Int.max
        for question in questions.reversed() {
            guard let place = byTag[question.tag]?.first else { continue }
            if place > earliest { moved.insert(question.tag) } else { earliest = place }
        }
        return moved
    }

    private mutating func observeUnknown(_ known: Set<String>) {
        var seen: Set<String> = []
        for control in controls where !control.tag.isEmpty && !known.contains(control.tag) && seen.count < Self.unknownLimit {
            if seen.insert(control.tag).inserted { observe(control.tag, .unknown) }
        }
    }

    private mutating func answer(_ control: ContentControl, to question: WordFormQuestion) -> WordForm.Answer? {
        if control.hasTrackedChanges { observe(question.tag, .trackedChanges) }
        if case .checkbox = question.field.kind {
            if control.isChecked == nil { observe(question.tag, .notACheckbox) }
            return .checked(control.isChecked ?? false)
        }
        let text = control.text
        let prompt = form.prompts.prompt(for: question.field.kind)
        // Some programs forget that it is only the prompt that shows.
        guard !control.isShowingPrompt, text.utf8.contains(where: { !" \t\n".utf8.contains($0) }), !text.utf8.elementsEqual(prompt.utf8)
        else { return nil }
        if control.hasHiddenText { observe(question.tag, .hiddenText) }
        switch question.field.kind {
        case .line:
            if text.utf8.contains(0x0A) { observe(question.tag, .severalLines) }
            return .text(text)
        case .lines:
            return .text(text)
        case .choice(let choices):
            // Equal in bytes, or as people would write it: composed or decomposed.
            if let choice = choices.first(where: { $0.label == text }) { return .choice(choice.value) }
            observe(question.tag, .notAChoice)
            return .text(text)
        case .date:
            return date(text, kept: control.keptDate, question.tag)
        case .checkbox:
            return nil
        }
    }

    private mutating func date(_ text: String, kept: String?, _ tag: String) -> WordForm.Answer {
        let shown = text.trimmingXMLSpace()
        let kept = kept.flatMap { CalendarDay($0) == nil ? nil : $0 }
        if CalendarDay(shown) != nil {
            if let kept, kept != shown { observe(tag, .contradictoryDate(kept: kept)) }
            return .date(shown)
        }
        // Shown in another form than was asked for, the program knows what day it is.
        if let kept { return .date(kept) }
        observe(tag, .notADate)
        return .text(text)
    }
}

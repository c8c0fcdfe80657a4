internal import HTML
internal import PooledFund
internal import Publications

extension ActionConsequences {
    /// What an action of screening and assessment will do; nil for any other.
    var ofAssessment: [String]? {
        let say = wording.say
        let proposal = Argument.text(form.value("proposal") ?? "")
        switch action.name {
        case ScreenProposal.name:
            let outcome = say(SentenceKey("screening.outcome.\(form.value("outcome") ?? "")"))
            return [say("action.will.screen", ["proposal": proposal, "outcome": .text(outcome)]), say("action.will.tell-applicants")]
        case AssignReviewer.name: return [say("action.will.assign", ["count": .number(number("assigned_count") ?? 0)])]
        case WithdrawAssignment.name: return [say("action.will.withdraw-assignment", ["proposal": proposal])]
        case DeclareConflict.name: return [say("action.will.step-back", ["proposal": proposal])]
        case SaveAssessment.name: return [say("action.will.save-assessment")]
        case AssessProposal.name: return [say("action.will.assess", ["proposal": proposal, "score": .text(score)])]
        case ConcludeAssessment.name:
            guard number("hundredths") != nil else { return [say("action.will.conclude-unscored", ["proposal": proposal])] }
            return [say("action.will.conclude", ["proposal": proposal, "score": .text(score)])]
        case RemindReviewers.name: return [say("action.will.remind", ["count": .number(number("reminded_count") ?? 0)])]
        default: return nil
        }
    }

    private func number(_ name: String) -> Int? {
        if case .integer(let number) = preview.outcome[name] { Int(number) } else { nil }
    }

    private var score: String {
        "\(wording.say.language.decimal(minorUnits: Int64(number("hundredths") ?? 0), places: 2))\u{A0}%"
    }
}

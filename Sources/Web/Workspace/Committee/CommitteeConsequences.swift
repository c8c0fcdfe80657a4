internal import HTML
internal import Ledger
internal import PooledFund
internal import Publications

extension ActionConsequences {
    /// What an action of the committee will do; nil for one whose rows say enough.
    var ofCommittee: [String]? {
        let proposal = Argument.text(value("proposal"))
        switch action.name {
        case ConveneMeeting.name, OpenNoObjection.name:
            return [say("action.will.convene", ["count": .number(preview.rows.count { $0.table == "committee_item" })])]
        case SaveSlate.name:
            let proposals = Set(preview.rows.filter { $0.table == "slate_amount" }.map { $0["proposal"] })
            return [say("action.will.save-slate", ["count": .number(proposals.count), "amount": .text(sum("slate_amount"))])]
        case RecordDecision.name:
            let outcome = say(SentenceKey("committee.outcome.\(value("outcome"))"))
            let decided = say("action.will.decide", ["proposal": proposal, "outcome": .text(outcome)])
            let isApproval = value("outcome") == CommitteeDecision.Outcome.approved.rawValue
            return [decided]
                + (isApproval ? [say("action.will.reserve", ["amount": .text(sum("decision_amount"))])] : [])
                + [say("action.will.final")]
        case ExpirePipeline.name: return [say("action.will.expire", ["proposal": proposal]), say("action.will.final")]
        case ConsentToPublish.name:
            let isTakenBack = preview.rows.contains { $0["state"] == "taken-back" }
            return [say(isTakenBack ? "action.will.unpublish" : "action.will.publish", ["proposal": proposal])]
        default: return nil
        }
    }

    /// What the amounts of a table come to.
    private func sum(_ table: String) -> String {
        let amounts = preview.rows.filter { $0.table == table }.compactMap { Int64($0["amount"]) }.map {
            Money(minorUnits: $0, currency: currency)
        }
        return (try? Money.sum(amounts, in: currency)).map(wording.money) ?? ""
    }
}

/// How many days before something is due whoever is to do it is reminded. What a fund does not say nobody is reminded of.
public struct ReminderRules: Sendable {
    /// Of an assessment, its reviewer; once more when it is late.
    public let assessmentDays: Int?
    /// Of the end of a call, whoever has not signed off what was submitted for it.
    public let signOffDays: Int?
    /// Of the end of a window for objections, the holders of the seats that have not answered.
    public let noObjectionDays: Int?
    /// Of the last day of an entry in the pipeline, the officers of the Fund Management Unit; once more when it is past.
    public let pipelineDays: Int?
    public let standing: Standing?

    public static let none = ReminderRules(
        assessmentDays: nil, signOffDays: nil, noObjectionDays: nil, pipelineDays: nil, standing: nil)

    static func read(_ node: TermsNode) -> ReminderRules {
        node.expectKeys(["assessment_days", "sign_off_days", "no_objection_days", "pipeline_days"] + TermsNode.standingKeys)
        func days(_ key: String) -> Int? {
            guard let value = node.optional(key), let number = value.integer else { return nil }
            guard (0...365).contains(number) else {
                value.report("\(number) is not between 0 and 365", remedy: "choose another number of days")
                return nil
            }
            return number
        }
        return ReminderRules(
            assessmentDays: days("assessment_days"), signOffDays: days("sign_off_days"), noObjectionDays: days("no_objection_days"),
            pipelineDays: days("pipeline_days"), standing: node.standing())
    }
}

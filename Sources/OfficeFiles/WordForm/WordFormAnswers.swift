/// What came back with a form.
public struct WordFormAnswers: Sendable, Hashable {
    /// The version that the file says it is of; nil if its properties were lost.
    public let version: String?
    /// By the tag of the field; what is unanswered is not there. A checkbox is always answered.
    public let answers: [String: WordForm.Answer]
    /// By the tag of the table: all its rows, each with its answers by the tag of the column.
    public let rows: [String: [[String: WordForm.Answer]]]
    /// What whoever takes the answers over should see, in the order of the form.
    public let observations: [Observation]

    /// How much is read of a form.
    public struct Limits: Sendable, Hashable {
        public var archive: ZipArchive.Limits
        /// Content controls of the file, also those that are not of the form.
        public var controls: Int
        /// Of one answer.
        public var answerBytes: Int
        /// Of all answers together.
        public var allAnswersBytes: Int

        public init(
            archive: ZipArchive.Limits = ZipArchive.Limits(), controls: Int = 10_000, answerBytes: Int = 256 * 1024,
            allAnswersBytes: Int = 8 * 1024 * 1024
        ) {
            self.archive = archive
            self.controls = controls
            self.answerBytes = answerBytes
            self.allAnswersBytes = allAnswersBytes
        }
    }

    public struct Observation: Sendable, Hashable {
        /// Of the question, `TABLE.ROW.COLUMN` in a table; as it stands in the file if it is of no question.
        public let tag: String
        public let kind: Kind

        public init(tag: String, kind: Kind) {
            self.tag = tag
            self.kind = kind
        }
    }

    public enum Kind: Sendable, Hashable {
        /// The question is not in the file any more: nobody knows whether it was answered.
        case missing
        /// It is in the file more than once; the first counts.
        case duplicated(isContradictory: Bool)
        /// It stands before one that should precede it.
        case moved
        /// The file has a content control that is not of the form; what stands in it is not taken.
        case unknown
        /// What stands there is none of the choices; it is taken as text.
        case notAChoice
        /// What stands there is no date as `2026-03-01`, and the program kept none; it is taken as text.
        case notADate
        /// The date that is shown is not the one that the program kept; what is shown is taken.
        case contradictoryDate(kept: String)
        /// Several lines in answer to a question for one; all are taken.
        case severalLines
        /// Part of the answer is hidden text, which is taken, though who reads the file may not see it.
        case hiddenText
        /// The answer has changes that nobody has accepted: insertions are taken, deletions left out.
        case trackedChanges
        /// Not a checkbox any more; taken as not checked.
        case notACheckbox
    }
}

internal import ArgumentParser

/// Writes to a record as fast as it can while a test kills, cuts off or starves it, and says afterwards what the record holds.
///
/// It opens the record as the server does, and everything goes through `Office.perform`. It is no part of the program that is shipped.
@main
struct StreamOfActions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stream-of-actions",
        abstract: "A stream of actions for the tests of faults, and a check of what became of them.",
        subcommands: [WriteStream.self, CheckRecord.self, QueueNotices.self]
    )
}

internal import Foundation
internal import Logging

@main
enum Main {
    static func main() async {
        // A reader that leaves, such as `| head`, is an error of the one write, not the end of a server.
        signal(SIGPIPE, SIG_IGN)
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        exit(await Program.run(Array(CommandLine.arguments.dropFirst())))
    }
}

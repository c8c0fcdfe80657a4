internal import CSpawn
internal import Foundation
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A process that gets three files and nothing else: no other descriptor, no environment but what is given, the usual signals, and a
/// process group of its own, which ends with it.
///
/// Not Foundation's `Process`: that closes the descriptors that it finds open before it starts the program, and one that another thread
/// opens in between goes along.
final class ConfinedProcess: Sendable {
    struct Files {
        let folder: String
        let input: String
        let output: String
        let errors: String
    }

    enum Ending: Sendable, Hashable {
        case exit(Int32)
        case signal(Int32)
    }

    private let identifier: pid_t
    /// Until it is collected nobody else can have its number.
    private let isCollected = Mutex(false)

    /// Starts it, or returns nil.
    init?(program: String, arguments: [String], environment: [String: String], files: Files) {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard posix_spawnattr_init(&attributes) == 0 else { return nil }
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        let steps = [
            posix_spawn_file_actions_addopen(&actions, 0, files.input, O_RDONLY, 0),
            posix_spawn_file_actions_addopen(&actions, 1, files.output, O_WRONLY | O_CREAT, 0o600),
            posix_spawn_file_actions_addopen(&actions, 2, files.errors, O_WRONLY | O_CREAT, 0o600),
            posix_spawn_file_actions_addclosefrom_np(&actions, 3),
            posix_spawn_file_actions_addchdir_np(&actions, files.folder),
            posix_spawnattr_setpgroup(&attributes, 0),
            posix_spawnattr_setsigmask(&attributes, &none),
            posix_spawnattr_setsigdefault(&attributes, &all),
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)),
        ]
        guard steps.allSatisfy({ $0 == 0 }) else { return nil }
        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var started: pid_t = 0
        guard posix_spawn(&started, program, &actions, &attributes, words, settings) == 0 else { return nil }
        identifier = started
    }

    /// Waits on a thread of its own, then kills what the process left behind.
    func ending() async -> Ending {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                // It stays uncollected for now, so that its group cannot have become another's.
                var information = siginfo_t()
                while waitid(P_PID, id_t(self.identifier), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
                let status = self.isCollected.withLock { isCollected in
                    kill(-self.identifier, SIGKILL)
                    var status: Int32 = 0
                    while waitpid(self.identifier, &status, 0) < 0 && errno == EINTR {}
                    isCollected = true
                    return status
                }
                continuation.resume(returning: status & 0x7F == 0 ? .exit((status >> 8) & 0xFF) : .signal(status & 0x7F))
            }
        }
    }

    /// Kills it and what it started.
    func end() {
        isCollected.withLock { isCollected in
            guard !isCollected else { return }
            kill(-identifier, SIGKILL)
        }
    }
}

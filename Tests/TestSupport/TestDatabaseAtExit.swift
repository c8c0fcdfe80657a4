import Foundation
import Synchronization

extension TestDatabase {
    /// Deletes it when the tests end. What a whole run copies from is never let go of otherwise.
    public func goesAtExit() {
        let isFirst = Self.goneAtExit.withLock { databases in
            databases.append(self)
            return databases.count == 1
        }
        if isFirst {
            atexit {
                TestDatabase.goneAtExit.withLock { databases in
                    for database in databases { database.delete() }
                }
            }
        }
    }

    private static let goneAtExit = Mutex<[TestDatabase]>([])
}

internal import ArgumentParser
internal import Foundation
internal import PooledFund

/// Fund folders on their way into the record.
enum FundLoading {
    /// Reads every folder before anything is made of one.
    ///
    /// - Throws: `ExitCode.failure` when everything wrong with all of them has been said.
    static func read(_ paths: [String], in directory: String, output: any Output) async throws -> [FundFolder] {
        var folders: [FundFolder] = []
        var isFaulty = false
        for path in paths {
            do {
                folders.append(try FundFolder.read(at: URL(fileURLWithPath: absolutePath(path, in: directory), isDirectory: true)))
            } catch {
                isFaulty = true
                let count = error.faults.count
                await output.note("pooledfund: \(path): \(count) \(count == 1 ? "fault" : "faults"); nothing was loaded\n\(error)")
            }
        }
        if isFaulty { throw ExitCode.failure }
        for (slug, same) in Dictionary(grouping: zip(folders, paths), by: \.0.slug) where same.count > 1 {
            throw ValidationError("\(same.map(\.1).joined(separator: " and ")) are both “\(slug)”: a fund has one folder")
        }
        return folders
    }

    /// Takes a folder through the door and says what was different.
    static func load(_ folder: FundFolder, into office: Office, output: any Output) async throws {
        let performed = try await office.perform(LoadFund(folder: folder), by: .machineOperator)
        guard let event = performed.event else {
            await output.note("\(folder.slug): nothing changed")
            return
        }
        await output.note("\(folder.slug): \(performed.outcome.added) added, \(performed.outcome.changed) changed; audit event \(event)")
    }
}

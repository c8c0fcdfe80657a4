extension LoadFund: RequestedAction {
    public static var fields: [ActionField] { [ActionField("files", .folder)] }

    public init(fund: String, reading input: ActionInput) throws(FieldFaults) {
        let files = try Self.withinFolder(try input.read(Self.fields).files("files"), fund: fund)
        do {
            self.init(folder: try FundFolder.read(files, slug: fund))
        } catch {
            throw FieldFaults(
                error.faults.map { fault in
                    let place = [fault.file, fault.line.map { "line \($0)" }, fault.field].compactMap { $0 }.joined(separator: ", ")
                    return FieldFault(field: "files", problem: "\(place): \(fault.problem)", remedy: fault.remedy)
                })
        }
    }

    /// The files by their paths within the folder: a browser puts the folder's name before each.
    private static func withinFolder(_ files: [String: [UInt8]], fund: String) throws(FieldFaults) -> [String: [UInt8]] {
        guard files[TermsNode.file] == nil else { return files }
        let folders = Set(
            files.keys.map { $0.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) ?? "" })
        guard folders.count == 1, let folder = folders.first, files["\(folder)/\(TermsNode.file)"] != nil else {
            throw FieldFaults([
                FieldFault(field: "files", problem: "there is no \(TermsNode.file) in the folder", remedy: "choose the folder of the fund")
            ])
        }
        guard folder == fund else {
            throw FieldFaults([
                FieldFault(field: "files", problem: "the folder is called “\(folder)”", remedy: "choose the folder called “\(fund)”")
            ])
        }
        return Dictionary(
            files.map { (String($0.key.dropFirst(folder.count + 1)), $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}

/// What is withheld: programmes whose proposers have not agreed to be named, and what only they name.
struct Withholding {
    let programmes: Set<String>

    init(_ programmes: [Programme]) {
        self.programmes = Set(programmes.filter { $0.disclosure == .withheld }.map(\.code))
    }

    /// Organizations without those that no public programme names and a withheld one does.
    func shown(_ organizations: [Organization], of records: [ProgrammeOnRecord]) -> [Organization] {
        var withheld: Set<String> = []
        var shown: Set<String> = []
        for record in records {
            if programmes.contains(record.id) {
                withheld.formUnion(record.programme.organizations)
            } else {
                shown.formUnion(record.programme.organizations)
            }
        }
        return organizations.filter { !withheld.contains($0.id) || shown.contains($0.id) }
    }

    /// Sources without those that only withheld programmes name.
    ///
    /// - Parameters:
    ///   - named: for each programme every source that its record, any of its claims or any of its authorities names, whatever their day.
    ///   - others: the sources that records other than programmes name.
    func shown(_ sources: [Source], namedByProgrammes named: [String: Set<String>], namedByOthers others: Set<String>) -> [Source] {
        var withheld: Set<String> = []
        var shown = others
        for (code, sources) in named {
            if programmes.contains(code) { withheld.formUnion(sources) } else { shown.formUnion(sources) }
        }
        return sources.filter { !withheld.contains($0.id) || shown.contains($0.id) }
    }
}

internal import CGLPK

/// Choose candidates within the rows so that the objective is greatest: solved by GLPK's branch and cut.
///
/// GLPK computes in floating point. What it returns is held against the rows in whole numbers, and cut off and asked again if it breaks
/// one. That nothing better exists rests on GLPK's tolerances (10⁻⁷ of a row, 10⁻⁵ of a whole number).
struct IntegerProgram {
    let rows: [LinearRow]
    /// To be made as great as possible.
    let objective: [Int128]

    enum Outcome {
        /// Nothing is better.
        case optimal([Bool])
        /// There is none, or none above what was asked for.
        case none
        /// The time was up: the best that was found, and a value that nothing exceeds.
        case stopped([Bool]?, bound: Int128?)
    }

    struct Effort {
        var deadline: ContinuousClock.Instant
        /// A limit that does not depend on how fast the machine is.
        var nodes = Int.max
        /// Any choice will do.
        var takesFirst = false
    }

    func value(of chosen: [Bool]) -> Int128 {
        chosen.indices.reduce(Int128(0)) { chosen[$1] ? $0 + objective[$1] : $0 }
    }

    /// - Parameter above: only what is greater is looked for.
    func solve(above: Int128? = nil, effort: Effort) -> Outcome {
        var rows = rows
        if let above { rows.append(LinearRow(objective.map { -$0 }, atMost: -(above + 1))) }
        // As often as rounding may mislead GLPK.
        for _ in 0..<20 {
            let propagation = Propagation(rows: rows, count: objective.count)
            guard !propagation.isImpossible else { return .none }
            let tree = SearchTree(rows: rows, objective: objective, fixed: propagation.fixed, above: above)
            let outcome = tree.search(effort)
            guard let chosen = outcome.chosen, !rows.allSatisfy({ $0.isKept(by: chosen) }) else { return outcome }
            let count = Int128(chosen.count { $0 })
            rows.append(LinearRow(chosen.map { $0 ? 1 : -1 }, atMost: count - 1))
        }
        return .stopped(nil, bound: nil)
    }

    /// Whether the rows can be kept by parts of candidates. If not, then not by whole ones either.
    func hasRelaxedSolution(deadline: ContinuousClock.Instant) -> Bool {
        let propagation = Propagation(rows: rows, count: objective.count)
        guard !propagation.isImpossible else { return false }
        return SearchTree(rows: rows, objective: objective, fixed: propagation.fixed, above: nil).relax(deadline) != .infeasible
    }
}

extension IntegerProgram.Outcome {
    var chosen: [Bool]? {
        switch self {
        case .optimal(let chosen): chosen
        case .stopped(let chosen, _): chosen
        case .none: nil
        }
    }
}

/// One problem in GLPK's hands.
private final class SearchTree {
    private let program: OpaquePointer
    private let fixed: [Bool?]
    /// The candidates behind GLPK's columns.
    private let open: [Int]
    private let objective: [Int128]
    /// What those that are fixed bring.
    private let constant: Int128
    private let above: Int128?

    // What the search is told and tells, while it runs.
    private var nodes = 0
    private var effort = IntegerProgram.Effort(deadline: .now)
    private var bound: Double?

    init(rows: [LinearRow], objective: [Int128], fixed: [Bool?], above: Int128?) {
        _ = glp_term_out(GLP_OFF)
        program = glp_create_prob()
        self.fixed = fixed
        self.objective = objective
        self.above = above
        open = fixed.indices.filter { fixed[$0] == nil }
        constant = fixed.indices.reduce(Int128(0)) { fixed[$1] == true ? $0 + objective[$1] : $0 }
        glp_set_obj_dir(program, GLP_MAX)
        if !open.isEmpty { glp_add_cols(program, Int32(open.count)) }
        for (column, index) in open.enumerated() {
            glp_set_col_kind(program, Int32(column + 1), GLP_BV)
            glp_set_obj_coef(program, Int32(column + 1), Double(objective[index]))
        }
        var matrix = Matrix()
        for row in rows { add(row, to: &matrix) }
        glp_load_matrix(program, Int32(matrix.values.count - 1), matrix.rows, matrix.columns, matrix.values)
        glp_scale_prob(program, GLP_SF_AUTO)
    }

    deinit { glp_delete_prob(program) }

    /// GLPK counts from 1.
    private struct Matrix {
        var rows: [Int32] = [0]
        var columns: [Int32] = [0]
        var values: [Double] = [0]
    }

    private func add(_ row: LinearRow, to matrix: inout Matrix) {
        let most = fixed.indices.reduce(row.most) { fixed[$1] == true ? $0 - row.weights[$1] : $0 }
        let largest = open.map { row.weights[$0].magnitude }.max() ?? 0
        guard largest > 0 else { return }
        // By a power of two, which rounds nothing.
        var scale = 1.0
        while Double(largest) * scale > 1e6 { scale /= 2 }
        let number = glp_add_rows(program, 1)
        glp_set_row_bnds(program, number, GLP_UP, 0, Double(most) * scale)
        for (column, index) in open.enumerated() where row.weights[index] != 0 {
            matrix.rows.append(number)
            matrix.columns.append(Int32(column + 1))
            matrix.values.append(Double(row.weights[index]) * scale)
        }
    }

    enum Relaxation { case optimal, infeasible, unknown }

    func relax(_ deadline: ContinuousClock.Instant) -> Relaxation {
        guard !open.isEmpty else { return .optimal }
        var parameters = glp_smcp()
        glp_init_smcp(&parameters)
        parameters.msg_lev = GLP_MSG_OFF
        parameters.meth = GLP_DUALP
        parameters.tm_lim = milliseconds(until: deadline)
        guard glp_simplex(program, &parameters) == 0 else { return .unknown }
        switch glp_get_status(program) {
        case GLP_OPT: return .optimal
        case GLP_NOFEAS: return .infeasible
        default: return .unknown
        }
    }

    func search(_ effort: IntegerProgram.Effort) -> IntegerProgram.Outcome {
        guard !open.isEmpty else { return .optimal(chosen { _ in false }) }
        switch relax(effort.deadline) {
        case .infeasible: return .none
        case .unknown: return .stopped(nil, bound: nil)
        case .optimal: break
        }
        bound = glp_get_obj_val(program)
        fixByReducedCosts()
        self.effort = effort
        var parameters = glp_iocp()
        glp_init_iocp(&parameters)
        parameters.msg_lev = GLP_MSG_OFF
        parameters.tm_lim = milliseconds(until: effort.deadline)
        parameters.mip_gap = 0
        // No cuts: on problems of this kind each node takes several times as long with them, and there are hardly fewer.
        parameters.br_tech = GLP_BR_DTH
        parameters.bt_tech = GLP_BT_BLB
        parameters.cb_info = Unmanaged.passUnretained(self).toOpaque()
        parameters.cb_func = { tree, information in
            guard let tree, let information else { return }
            Unmanaged<SearchTree>.fromOpaque(information).takeUnretainedValue().follow(tree)
        }
        let code = glp_intopt(program, &parameters)
        switch (code, glp_mip_status(program)) {
        case (0, GLP_OPT), (0, GLP_FEAS): return .optimal(found())
        case (0, GLP_NOFEAS): return .none
        case (_, GLP_FEAS): return effort.takesFirst ? .optimal(found()) : .stopped(found(), bound: wholeBound())
        default: return .stopped(nil, bound: wholeBound())
        }
    }

    /// Called by GLPK at each step of its search.
    private func follow(_ tree: OpaquePointer) {
        switch glp_ios_reason(tree) {
        case GLP_ISELECT:
            nodes += 1
            let best = glp_ios_best_node(tree)
            if best != 0 { bound = min(bound ?? .infinity, glp_ios_node_bound(tree, best)) }
            if nodes > effort.nodes { glp_ios_terminate(tree) }
        case GLP_IBINGO:
            if effort.takesFirst { glp_ios_terminate(tree) }
        default: break
        }
    }

    /// A candidate that would lower the relaxed optimum to what is not looked for stays as it is there.
    private func fixByReducedCosts() {
        guard let above, let bound else { return }
        let room = bound - Double(above + 1 - constant) + 1e-6 * max(1, bound.magnitude)
        for column in 1...Int32(open.count) {
            let cost = glp_get_col_dual(program, column)
            switch glp_get_col_stat(program, column) {
            case GLP_NL where -cost > room: glp_set_col_bnds(program, column, GLP_FX, 0, 0)
            case GLP_NU where cost > room: glp_set_col_bnds(program, column, GLP_FX, 1, 1)
            default: break
            }
        }
    }

    private func found() -> [Bool] { chosen { glp_mip_col_val(program, Int32($0 + 1)) > 0.5 } }

    private func chosen(_ isChosen: (_ column: Int) -> Bool) -> [Bool] {
        var chosen = fixed.map { $0 ?? false }
        for (column, index) in open.enumerated() { chosen[index] = isChosen(column) }
        return chosen
    }

    private func wholeBound() -> Int128? {
        guard let bound, bound.isFinite, bound.magnitude < 1e18 else { return nil }
        return Int128((bound + 1e-6 * max(1, bound.magnitude)).rounded(.down)) + constant
    }

    private func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
        Int32(clamping: max(1, Int64((deadline - .now) / .milliseconds(1))))
    }
}

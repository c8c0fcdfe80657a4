internal import HTML

/// A part of a workspace page with a strong rule on top, a heading and what explains it; on a wide screen these stand in a column of their own.
///
/// - Parameter id: what links to the part find it by.
func workspaceBlock(
    _ heading: String, id: String? = nil, note: Markup = .empty, @MarkupBuilder content: () throws -> Markup
) rethrows -> Markup {
    try section([.class("block")] + (id.map { [.id($0)] } ?? [])) {
        div(.class("block-head")) {
            h2 { heading }
            if !note.isEmpty { p(.class("note")) { note } }
        }
        try div(.class("block-body")) { try content() }
    }
}

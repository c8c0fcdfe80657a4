internal import HTML

/// A part of a workspace page with a strong rule on top, a heading and what explains it; on a wide screen these stand in a column of their own.
func workspaceBlock(_ heading: String, note: Markup = .empty, @MarkupBuilder content: () throws -> Markup) rethrows -> Markup {
    try section(.class("block")) {
        div(.class("block-head")) {
            h2 { heading }
            if !note.isEmpty { p(.class("note")) { note } }
        }
        try div(.class("block-body")) { try content() }
    }
}

/// The syntax of an element's content: markup, strings as text, optionals, `if`, `switch` and `for`.
@resultBuilder
public enum MarkupBuilder {
    public static func buildExpression(_ markup: Markup) -> Markup {
        markup
    }

    public static func buildExpression(_ markup: Markup?) -> Markup {
        markup ?? .empty
    }

    public static func buildExpression(_ text: String) -> Markup {
        .text(text)
    }

    public static func buildExpression(_ text: String?) -> Markup {
        text.map(Markup.text) ?? .empty
    }

    public static func buildExpression(_ pieces: [Markup]) -> Markup {
        .sequence(pieces)
    }

    public static func buildBlock() -> Markup {
        .empty
    }

    public static func buildBlock(_ piece: Markup) -> Markup {
        piece
    }

    public static func buildBlock(_ pieces: Markup...) -> Markup {
        .sequence(pieces)
    }

    public static func buildOptional(_ piece: Markup?) -> Markup {
        piece ?? .empty
    }

    public static func buildEither(first piece: Markup) -> Markup {
        piece
    }

    public static func buildEither(second piece: Markup) -> Markup {
        piece
    }

    public static func buildArray(_ pieces: [Markup]) -> Markup {
        .sequence(pieces)
    }

    public static func buildLimitedAvailability(_ piece: Markup) -> Markup {
        piece
    }
}

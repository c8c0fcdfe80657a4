internal import HTML

/// A text that is in English on whatever page it stands, such as what a rule of the house says, marked where the page is in another language
/// (WCAG 2.2, 3.1.2).
func inEnglish(_ text: String, _ say: Catalogue) -> Markup { inLanguage(Language.english, text, say) }

/// A text in a language of its own, marked where the page is in another.
func inLanguage(_ language: Language, _ text: String, _ say: Catalogue) -> Markup {
    guard language.code != say.language.code else { return .text(text) }
    let direction = language.direction == say.language.direction ? [] : [Attribute.dir(language.direction)]
    return span([.lang(language.code)] + direction) { text }
}

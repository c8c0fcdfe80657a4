internal import HTML
internal import PooledFund

/// What an action takes, as JSON Schema describes it: made of the fields by which it is read, so that the two cannot differ.
struct ActionSchema {
    let say: Catalogue

    /// The body of a request for an action.
    func body(of action: any RequestedAction.Type) -> JSON {
        var schema = members(of: action.fields, in: action.name)
        if action.isRecordedOnBehalf {
            schema.properties.append(.init(name: ActionInput.onBehalf, value: ["$ref": "#/components/schemas/OnBehalfOf"]))
        }
        return schema.json
    }

    /// The members of an object of which no others are taken.
    private struct Members {
        var properties: [JSON.Member] = []
        var required: [String] = []

        var json: JSON {
            [
                "type": "object", "additionalProperties": .boolean(false), "required": .list(required),
                "properties": .object(properties),
            ]
        }
    }

    private func members(of fields: [ActionField], in action: String) -> Members {
        var members = Members()
        for field in fields {
            var value = schema(of: field, in: action)
            if case .object(let parts) = value, !parts.contains(where: { $0.name == "$ref" }) {
                value = .object([.init(name: "title", value: .string(ActionFields.label(field.name, of: action, say)))] + parts)
            }
            members.properties.append(.init(name: field.name, value: value))
            if field.isRequired { members.required.append(field.name) }
        }
        return members
    }

    private func schema(of field: ActionField, in action: String) -> JSON {
        switch field.kind {
        // A limit counts bytes of UTF-8, of which a character has one at least.
        case .text, .lines: ["type": "string", "maxLength": .integer(field.limit)]
        case .email: ["type": "string", "format": "email", "maxLength": .integer(field.limit)]
        case .date(let isPartial):
            ["type": "string", "pattern": isPartial ? "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" : "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]
        case .amount: ["$ref": "#/components/schemas/Amount"]
        case .wholeNumber: ["type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$"]
        case .choice(let values): ["type": "string", "enum": .list(values)]
        case .id(let reference):
            [
                "type": "string", "pattern": "^[A-Za-z0-9-]{1,80}$",
                "description": .string("The id of something on record: \(reference.rawValue)."),
            ]
        case .rows(let columns):
            ["type": "array", "maxItems": .integer(field.limit), "items": members(of: columns, in: action).json]
        case .folder:
            [
                "type": "object", "additionalProperties": ["type": "string"],
                "description": "The text of each file of the folder, by its path.",
            ]
        case .answers: ["type": "object", "description": "The answers, by the ids of the fields of the form."]
        case .document: ["$ref": "#/components/schemas/Document"]
        case .sheet: ["$ref": "#/components/schemas/Sheet"]
        }
    }
}

internal import HTML
internal import PooledFund

/// The JSON interface, described as OpenAPI 3.1: its lists, what people with rights may read, and every action with its fields.
struct InterfaceDescription {
    let say: Catalogue

    static let path = "/api/v1/openapi.json"
    private static let fund = "/api/v1/funds/{fund}"

    var json: JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "PooledFund", "version": "1",
                "description":
                    "What a pooled fund has on record, for everybody; proposals, for those who may see them; and every action, for those who may perform it.",
                "license": ["name": "Apache License 2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(Tag.allCases.map { ["name": .string($0.rawValue), "description": .string($0.summary)] }),
            "paths": .object(
                [funds] + APIList.allCases.map(path) + ReadingWithRights.allCases.map(path) + RequestedActions.all.map(path)),
            "components": [
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description": "A personal access token, made under Settings. One that may only read performs no action.",
                    ]
                ],
                "schemas": schemas,
            ],
        ]
    }

    private enum Tag: String, CaseIterable {
        case records, proposals, actions

        var summary: String {
            switch self {
            case .records: "What everybody may read."
            case .proposals: "What those may read whom it concerns."
            case .actions: "Every change of record. What is refused changes nothing."
            }
        }
    }

    // MARK: Paths

    private var funds: JSON.Member {
        let fund: JSON = [
            "type": "object", "properties": ["id": ["type": "string"], "page": ["type": "string"], "data": ["type": "string"]],
        ]
        return reading(
            "/api/v1/funds", .records, id: "funds", summary: "The funds that are on record", parameters: [], answer: listSchema(of: fund))
    }

    private func path(_ list: APIList) -> JSON.Member {
        let parameters = ([QueryParameter.asOf] + list.place.parameters.filter { $0 != .page } + [.cursor, .limit]).map(parameter)
        let item: JSON = [
            "type": "object", "required": .list(list.fields.map(\.key)), "additionalProperties": .boolean(false),
            "properties": .object(list.fields.map { JSON.Member(name: $0, value: $1.schema) }),
        ]
        return reading(
            "\(Self.fund)/\(list.rawValue)", .records, id: list.rawValue.replacing("/", with: "-"),
            summary: list.summary, parameters: [Self.fundParameter] + parameters,
            answer: listSchema(of: item))
    }

    private func path(_ reading: ReadingWithRights) -> JSON.Member {
        let parameters = reading.pathParameters.map { Self.pathParameter($0) } + reading.queryParameters
        return self.reading(
            "\(Self.fund)/\(reading.rawValue)", .proposals, id: reading.id, summary: reading.summary,
            parameters: [Self.fundParameter] + parameters, answer: ["type": "object"], mediaType: reading.mediaType, needsToken: true)
    }

    private func reading(
        _ path: String, _ tag: Tag, id: String, summary: String, parameters: [JSON], answer: JSON, mediaType: String = "application/json",
        needsToken: Bool = false
    ) -> JSON.Member {
        .init(
            name: path,
            value: [
                "get": [
                    "operationId": .string(id), "tags": .list([tag.rawValue]), "summary": .string(summary),
                    "security": needsToken ? [["token": []]] : [], "parameters": .array(parameters),
                    "responses": .object(
                        [
                            .init(
                                name: "200",
                                value: [
                                    "description": "What is asked for", "content": .object([media(mediaType, answer)]),
                                ])
                        ] + problems(needsToken ? ["400", "401", "404", "503"] : ["400", "404", "503"])),
                ]
            ])
    }

    private func path(_ action: any RequestedAction.Type) -> JSON.Member {
        .init(
            name: "\(Self.fund)/actions/\(action.name)",
            value: [
                "post": [
                    "operationId": .string(action.name), "tags": .list([Tag.actions.rawValue]),
                    "summary": .string(say("action.\(action.name)")),
                    "description": .string("\(say("action.\(action.name).lead")) \(action.right.rule)"), "security": [["token": []]],
                    "parameters": [Self.fundParameter, idempotencyKey],
                    "requestBody": [
                        "required": .boolean(true),
                        "content": .object([media("application/json", ActionSchema(say: say).body(of: action))]),
                    ],
                    "responses": .object(
                        [
                            .init(
                                name: "200",
                                value: [
                                    "description": "It is done, and durable",
                                    "content": .object([media("application/json", ["$ref": "#/components/schemas/Outcome"])]),
                                ])
                        ] + problems(["400", "401", "403", "404", "409", "413", "415", "422", "503"])),
                ]
            ])
    }

    private func media(_ type: String, _ schema: JSON) -> JSON.Member { .init(name: type, value: ["schema": schema]) }

    private func listSchema(of item: JSON) -> JSON {
        [
            "type": "object", "required": ["items", "next"], "additionalProperties": .boolean(false),
            "properties": ["items": ["type": "array", "items": item], "next": ["type": ["string", "null"]]],
        ]
    }

    /// Why something is refused, by the status of the answer.
    private static let reasons = [
        "400": "The request cannot be read.", "401": "There is no token, or it is not valid for this fund.",
        "403": "The rule, which is named, does not let this person do it.", "404": "There is no such thing, or not for this person.",
        "409": "The key was used for another request.", "413": "The body is too large.", "415": "The body is not JSON.",
        "422": "The record does not allow it; or fields are wrong, all of which are named.",
        "503": "Too much waits, or the record does not answer: send the same again.",
    ]

    private func problems(_ statuses: [String]) -> [JSON.Member] {
        statuses.map { status in
            .init(
                name: status,
                value: [
                    "description": .string(Self.reasons[status] ?? ""),
                    "content": .object([media("application/problem+json", ["$ref": "#/components/schemas/Problem"])]),
                ])
        }
    }

    // MARK: Parameters

    private static let fundParameter = pathParameter("fund")

    private static func pathParameter(_ name: String) -> JSON {
        [
            "name": .string(name), "in": "path", "required": .boolean(true),
            "schema": ["type": "string", "pattern": "^[A-Za-z0-9-]{1,80}$"],
        ]
    }

    private func parameter(_ parameter: QueryParameter) -> JSON {
        let schema: JSON =
            switch parameter {
            case .asOf: ["type": "string", "format": "date"]
            case .limit: ["type": "integer", "minimum": 1, "maximum": .integer(PageQuery.limitOfLists)]
            default: ["type": "string"]
            }
        return [
            "name": .string(parameter.rawValue), "in": "query", "schema": schema,
            "description": .string(parameter.summary),
        ]
    }

    private var idempotencyKey: JSON {
        [
            "name": "Idempotency-Key", "in": "header", "required": .boolean(true),
            "description": "Of the sender\u{2019}s own choice. The same request under the same key is done once, and answered alike.",
            "schema": ["type": "string", "pattern": .string("^[!-~]{1,\(KeyedRequest.keyLimit)}$")],
        ]
    }

    // MARK: Schemas

    private var schemas: JSON {
        [
            "Money": object(
                required: ["amount", "currency"],
                [
                    "amount": ["type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"],
                    "currency": ["type": "string", "pattern": "^[A-Z]{3}$"],
                ]),
            "Amount": ["type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?$", "description": "A plain decimal in the currency of the fund."],
            "Document": object(
                required: ["name", "content"],
                ["name": ["type": "string"], "content": ["type": "string", "contentEncoding": "base64"]]),
            "Sheet": [
                "description": "Rows of cells: CSV, in UTF-8, or a list of rows.",
                "oneOf": [
                    ["type": "string"], ["type": "array", "items": ["type": "array", "items": ["type": "string"]]],
                    ["$ref": "#/components/schemas/Document"],
                ],
            ],
            "OnBehalfOf": object(
                required: ["person", "note", "document"],
                ["person": ["type": "string"], "note": ["type": "string"], "document": ["$ref": "#/components/schemas/Document"]]),
            "Outcome": object(
                required: ["action", "outcome", "event", "repeated"],
                [
                    "action": ["type": "string"], "outcome": ["type": ["object", "null"]],
                    "event": [
                        "oneOf": [
                            object(
                                required: ["sequence", "hash"],
                                ["sequence": ["type": "integer"], "hash": ["type": "string", "pattern": "^[0-9a-f]{64}$"]]),
                            ["type": "null"],
                        ]
                    ], "repeated": ["type": "boolean"],
                ]),
            "Problem": [
                "type": "object", "required": ["type", "title", "status", "detail"],
                "properties": [
                    "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
                    "detail": ["type": "string"],
                    "errors": [
                        "type": "array",
                        "items": object(
                            required: ["field", "problem", "remedy"],
                            ["field": ["type": "string"], "problem": ["type": "string"], "remedy": ["type": "string"]]),
                    ],
                ],
            ],
        ]
    }

    private func object(required: [String], _ properties: KeyValuePairs<String, JSON>) -> JSON {
        [
            "type": "object", "required": .list(required), "additionalProperties": .boolean(false),
            "properties": .object(properties),
        ]
    }
}

/// What people with rights may read, by its path under a fund.
enum ReadingWithRights: String, CaseIterable, Sendable {
    case proposals
    case proposal = "proposals/{code}"
    case proposalFile = "proposals/{code}/files/{id}"

    fileprivate var id: String {
        switch self {
        case .proposals: "proposals"
        case .proposal: "proposal"
        case .proposalFile: "proposal-file"
        }
    }

    fileprivate var summary: String {
        switch self {
        case .proposals: "The proposals that the one who asks may see"
        case .proposal: "A proposal, as far as the one who asks may see it"
        case .proposalFile: "A file that is attached to a proposal"
        }
    }

    fileprivate var pathParameters: [String] {
        rawValue.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    fileprivate var queryParameters: [JSON] {
        guard self == .proposal else { return [] }
        return [
            ["name": "document", "in": "query", "schema": ["type": "string", "enum": .list(ProposalDocument.allCases.map(\.rawValue))]]
        ]
    }

    fileprivate var mediaType: String { self == .proposalFile ? "application/octet-stream" : "application/json" }
}

extension APIList {
    fileprivate var summary: String {
        switch self {
        case .figures: "The figures, each with its trace, or without a value and with the reason"
        case .contributors: "Contributors with what is on record of them"
        case .contributions: "The entries of the ledger that contributions are made of"
        case .programmes: "Joint programmes"
        case .statements: "What publications state beside what the records give"
        case .balance: "Programmes and budgets by thematic area and region"
        case .localEngagement: "Local authorities that programmes name or describe"
        case .ledgerEntries: "Entries of the ledger"
        case .ledgerBalances: "What stands on each account"
        case .calls: "Calls for proposals"
        case .decisions: "What the Steering Committee approved, and what waits with the consent of its proposers"
        }
    }
}

extension QueryParameter {
    fileprivate var summary: String {
        switch self {
        case .asOf: "The day as of which the record is read"
        case .cursor: "From after which item, as `next` says it"
        case .limit: "How many items at most"
        case .status: "`operational`, `pipeline` or `unknown`"
        case .area: "The number of a thematic area, or `unknown`"
        case .region: "The id of a region, or `unknown`"
        case .country: "ISO 3166-1 alpha-3"
        case .organization, .contributor: "An id"
        case .objective: "The number of an objective"
        case .minimumBudget, .maximumBudget: "An amount in the currency of the fund"
        case .kind: "The kind of a contributor"
        case .account: "The name of an account"
        case .sort: "What the items are sorted by"
        case .counting: "What `counted` counts: `programmes` or `budgets`"
        case .ratio: "The key of a figure that is a ratio, for its parts"
        case .section: "A section of the Terms"
        case .page: "The number of a page"
        }
    }
}

import FoundationXML
import HTML
import Testing

@Suite("Charts are well-formed, described and readable")
struct ChartTests {
    private func parsed(_ markup: Markup) throws -> XMLDocument {
        try XMLDocument(xmlString: markup.rendered())
    }

    private func values(_ path: String, in document: XMLDocument) throws -> [String] {
        try document.nodes(forXPath: path).compactMap(\.stringValue)
    }

    @Test("a bar is as long as its share, and hidden from those who read the table")
    func bar() throws {
        let half = try parsed(Bar(value: 50, maximum: 100, className: "area-1").markup())
        #expect(try values("//rect[@class='bar-fill']/@width", in: half) == ["50"])
        #expect(try values("/svg/@aria-hidden", in: half) == ["true"])
        #expect(try values("/svg/@class", in: half) == ["bar area-1"])
        func length(_ value: Int64, _ maximum: Int64) throws -> [String] {
            try values("//rect[@class='bar-fill']/@width", in: parsed(Bar(value: value, maximum: maximum).markup()))
        }
        #expect(try length(1, .max) == ["0.5"])
        #expect(try length(.max, 1) == ["100"])
        #expect(try length(0, 10).isEmpty && length(-5, 10).isEmpty && length(5, 0).isEmpty)
    }

    @Test("heat has five steps, and none for nothing")
    func heat() {
        let scale = HeatScale(maximum: 100)
        #expect([-1, 0, 1, 20, 21, 40, 60, 80, 81, 100, 200].map(scale.level) == [0, 0, 1, 1, 2, 2, 3, 4, 5, 5, 5])
        #expect(scale.className(of: 50) == "heat-3")
        #expect(HeatScale(maximum: 0).level(of: 5) == 0)
    }

    private func axis(value: Int64 = 57, _ targets: [TargetAxis.Target]) -> TargetAxis {
        TargetAxis(id: "t", title: "Towards <the> target", description: "57.4 of 150", value: value, valueLabel: "57.4", targets: targets)
    }

    private let fund: [TargetAxis.Target] = [
        .init(value: 150, label: "150", date: "2026"), .init(value: 25, label: "25", date: "2019"),
        .init(value: 70, label: "70", date: "2022"),
    ]

    @Test("the axis names and describes itself and ends at the longest target")
    func targetAxis() throws {
        let document = try parsed(axis(fund).markup())
        #expect(try values("//title[@id = /svg/@aria-labelledby]", in: document) == ["Towards <the> target"])
        #expect(try values("//desc[@id = /svg/@aria-describedby]", in: document) == ["57.4 of 150"])
        #expect(try values("/svg/@role", in: document) == ["img"])
        #expect(try values("//text[@class='axis-label']", in: document) == ["25", "70", "150"])
        #expect(try values("//text[@class='axis-date']", in: document) == ["2019", "2022", "2026"])
        #expect(try values("//line[@class='axis-tick']/@x1", in: document) == ["18.7%", "46.9%", "97%"])
        #expect(try values("//circle/@cx", in: document) == ["38.7%"])
        #expect(try values("//text[@class='axis-label']/@y", in: document) == ["60", "60", "60"], "typical targets need one row")
        #expect(try values("//@style", in: document).isEmpty)
    }

    @Test("beyond the longest target the line is full; without targets nothing breaks")
    func targetAxisLimits() throws {
        #expect(try values("//circle/@cx", in: parsed(axis(value: 400, fund).markup())) == ["97%"])
        #expect(try values("//circle/@cx", in: parsed(axis(value: -4, fund).markup())) == ["3%"])
        #expect(try values("//circle/@cx", in: parsed(axis(value: 0, []).markup())) == ["3%"])
        #expect(try values("//circle/@cx", in: parsed(axis(value: 9, []).markup())) == ["97%"])
    }

    @Test("labels neither touch nor leave the drawing at 280 px")
    func targetAxisLabels() throws {
        let crowded = (1...7).map {
            TargetAxis.Target(value: Int64($0) * $0 * 3, label: "\($0 * $0 * 3) million", date: "31 December 20\(18 + $0)")
        }
        let document = try parsed(axis(crowded + fund).markup())
        var boxes: [(y: Double, left: Double, right: Double)] = []
        for node in try document.nodes(forXPath: "//text[@class='axis-date']") {
            let element = try #require(node as? XMLElement)
            func attribute(_ name: String) throws -> String { try #require(element.attribute(forName: name)?.stringValue) }
            let x = try #require(Double(attribute("x").dropLast())) * 2.8
            let width = Double(try #require(node.stringValue).count) * 7.5
            let left =
                switch try attribute("text-anchor") {
                case "start": x
                case "middle": x - width / 2
                default: x - width
                }
            boxes.append((try #require(Double(attribute("y"))), left, left + width))
        }
        #expect(boxes.count == 10)
        for (index, box) in boxes.enumerated() {
            #expect(box.left >= -0.5 && box.right <= 280.5)
            for other in boxes[(index + 1)...] where other.y == box.y {
                #expect(box.right < other.left || other.right < box.left)
            }
        }
        let height = try #require(Double(try values("/svg/@height", in: document).first ?? ""))
        #expect(boxes.allSatisfy { $0.y + 4 < height })
    }
}

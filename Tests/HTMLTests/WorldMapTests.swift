import FoundationXML
import HTML
import Testing

@Suite("The map shows every country, large or small")
struct WorldMapTests {
    private func parsed(_ marks: [WorldMap.Mark]) throws -> XMLDocument {
        let markup = WorldMap.markup(
            id: "m", title: "Where it works", description: "Nine programmes", marks: marks, disclaimerID: "disclaimer")
        return try XMLDocument(xmlString: markup.rendered())
    }

    private func values(_ path: String, in document: XMLDocument) throws -> [String] {
        try document.nodes(forXPath: path).compactMap(\.stringValue)
    }

    @Test("the map names and describes itself, and points to the disclaimer")
    func description() throws {
        let document = try parsed([])
        #expect(try values("//title[@id = /svg/@aria-labelledby]", in: document) == ["Where it works"])
        #expect(try values("/svg/@aria-describedby", in: document) == ["m-description disclaimer"])
        #expect(try values("//desc[@id='m-description']", in: document) == ["Nine programmes"])
        #expect(try values("//@style", in: document).isEmpty)
    }

    @Test("countries without a mark are one path, and disputed lines are dashed")
    func unmarked() throws {
        let document = try parsed([])
        let land = try values("//path[@class='map-land']/@d", in: document)
        #expect(land.count == 1 && (land.first?.utf8.count ?? 0) > 40_000)
        #expect(try values("//path[@class='map-borders']/@stroke-dasharray", in: document) == ["2 2"])
        #expect(try values("//path", in: document).count == 3)
    }

    @Test("a marked country is a link with a name, in the order of the names")
    func links() throws {
        let document = try parsed([
            .init(iso3: "IDN", href: Address(path: "/programmes/1"), label: "Indonesia: <data>", fillClass: "area-1"),
            .init(iso3: "ECU", href: Address(path: "/programmes/4"), label: "Ecuador", fillClass: "area-4"),
            .init(iso3: "CHL", label: "Chile", fillClass: "area-5"), .init(iso3: "???", label: "Nowhere", fillClass: "area-5"),
        ])
        #expect(try values("//a/@href", in: document) == ["/programmes/4", "/programmes/1"])
        #expect(try values("//a/title", in: document) == ["Ecuador", "Indonesia: <data>"])
        #expect(try values("//a/path/@class", in: document) == ["map-country area-4", "map-country area-1"])
        #expect(try values("//g[@role='img']/@aria-label", in: document) == ["Chile"])
        let land = try #require(try values("//path[@class='map-land']/@d", in: document).first)
        for outline in try values("//*[self::a or self::g]/path/@d", in: document) {
            #expect(!outline.isEmpty && !land.contains(outline), "a marked country is not drawn twice")
        }
    }

    @Test("a country in the pipeline is hatched in its own colour, above its fill if it has one")
    func hatching() throws {
        let document = try parsed([
            .init(iso3: "COL", label: "Colombia", hatchClass: "area-3"),
            .init(iso3: "PER", label: "Peru", fillClass: "area-5", hatchClass: "area-1"),
        ])
        #expect(try values("//pattern/path/@class", in: document) == ["map-hatch area-1", "map-hatch area-3"])
        let ids = try values("//pattern/@id", in: document)
        #expect(ids.count == 2)
        #expect(try values("//g[@aria-label='Colombia']/path/@fill", in: document) == ["url(#\(ids[1]))"])
        #expect(try values("//g[@aria-label='Peru']/path/@class", in: document) == ["map-country area-5", "map-hatched"])
    }

    @Test("small island states have a dot, with a mark and without", arguments: ["MDV", "TUV", "BRB", "KIR", "NRU", "SYC", "MLT", "TTO"])
    func smallStates(code: String) throws {
        let marked = try parsed([.init(iso3: code, href: Address(path: "/x"), label: code, fillClass: "area-2")])
        #expect(try values("//a/circle/@r", in: marked) == ["4"])
        let x = try #require(try values("//a/circle/@cx", in: marked).first)
        let y = try #require(try values("//a/circle/@cy", in: marked).first)
        let point = "M\(x) \(y)h0"
        let unmarkedDots = try #require(try values("//path[@class='map-dots']/@d", in: parsed([])).first)
        let otherDots = try #require(try values("//path[@class='map-dots']/@d", in: marked).first)
        #expect(unmarkedDots.contains(point) && !otherDots.contains(point))
        #expect(try values("//path[@class='map-dots']/@stroke-linecap", in: marked) == ["round"], "without it a point is not drawn")
    }

    @Test("Western Sahara is apart from Morocco")
    func westernSahara() throws {
        let document = try parsed([
            .init(iso3: "MAR", label: "Morocco", fillClass: "a"), .init(iso3: "ESH", label: "Western Sahara", fillClass: "b"),
        ])
        let morocco = try #require(try values("//g[@aria-label='Morocco']/path/@d", in: document).first)
        let sahara = try #require(try values("//g[@aria-label='Western Sahara']/path/@d", in: document).first)
        // 27°40′ N is 143.2 on the map's canvas: the one lies above that line, the other below.
        #expect(try extent(of: morocco).upperBound <= 143.5 && extent(of: sahara).lowerBound >= 140)
    }

    /// From the top to the bottom of an outline written as `M` and `l` with signs and points as separators.
    private func extent(of outline: String) throws -> ClosedRange<Double> {
        var heights: [Double] = []
        for subpath in outline.split(separator: "M") {
            var y = 0.0
            for (index, number) in numbers(in: subpath).enumerated() where index % 2 == 1 {
                y += number
                heights.append(y)
            }
        }
        return try #require(heights.min())...(try #require(heights.max()))
    }

    private func numbers(in text: Substring) -> [Double] {
        text.replacing("-", with: " -").split { " lz".contains($0) }.compactMap { Double($0) }
    }

    @Test("every path of the map's data is one that a browser draws to its end")
    func pathData() throws {
        let marks = WorldMap.knownCodes.map { WorldMap.Mark(iso3: $0, label: $0) }
        let document = try parsed(marks)
        let data = try values("//path/@d", in: document).filter { !$0.isEmpty }
        #expect(data.count > 170)
        let outline = /(M-?[0-9]*\.?[0-9]+ -?[0-9]*\.?[0-9]+(l[-0-9. ]*[0-9]z?|h0))+/
        for path in data {
            #expect(try outline.wholeMatch(in: path) != nil, "\(path.prefix(60))")
        }
    }

    @Test("the map knows the members of the United Nations by their codes")
    func codes() {
        for code in ["AFG", "FRA", "NOR", "SSD", "PSE", "TLS", "XKX", "SWZ", "MKD", "VAT"] {
            #expect(WorldMap.knows(code) == (code != "VAT"), "\(code)")
        }
        #expect(!WorldMap.knows("") && WorldMap.knownCodes.count > 230)
    }
}

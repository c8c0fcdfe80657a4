// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let http: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

// The rooms, lowest first. A room may use those above it in this list, never those below.
let package = Package(
    name: "pooled-fund",
    products: [
        .executable(name: "pooledfund", targets: ["pooledfund"]),
        .library(name: "Ledger", targets: ["Ledger"]),
    ],
    traits: [
        .default(enabledTraits: ["PostgreSQL"]),
        .trait(name: "PostgreSQL", description: "The record may be kept in PostgreSQL too; needs libpq. Without it: SQLite only."),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"])]),
        .systemLibrary(name: "CSpawn"),
        .target(name: "SQL", swiftSettings: strict),
        .target(
            name: "SQLite",
            dependencies: ["SQL", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift")],
            swiftSettings: strict
        ),
        .target(
            name: "PostgreSQL",
            dependencies: ["SQL", .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])), nioPosix],
            swiftSettings: strict
        ),
        .target(name: "Correspondence", swiftSettings: strict),
        .target(name: "Curl", dependencies: ["Correspondence", "CCurl"], swiftSettings: strict),
        .target(name: "OfficeFiles", dependencies: ["CZip", "CLibXML2", "CXLSXWriter"], swiftSettings: strict),
        .target(
            name: "HTML",
            dependencies: [yams],
            exclude: ["Resources/README.md"],
            resources: [.copy("Resources/world.csv"), .copy("Resources/disputed.csv")],
            swiftSettings: strict
        ),
        .target(name: "Ledger", swiftSettings: strict),
        .target(
            name: "Credentials",
            dependencies: ["Ledger", "CQREncode", crypto, cryptoExtras, nioPosix],
            swiftSettings: strict
        ),
        .target(name: "Portfolio", dependencies: ["CGLPK", "CSpawn"], swiftSettings: strict),
        .target(name: "OpenIDConnect", dependencies: ["Curl", "Ledger", crypto, jwtKit], swiftSettings: strict),
        .target(
            name: "PooledFund",
            dependencies: ["SQL", "Correspondence", "OfficeFiles", "Portfolio", "Ledger", crypto, logging, yams],
            resources: [.copy("Schema")],
            swiftSettings: strict
        ),
        .target(
            name: "Publications",
            dependencies: ["PooledFund", "Credentials", "Ledger", "HTML"],
            resources: [.copy("Resources")],
            swiftSettings: strict
        ),
        .target(
            name: "Web",
            dependencies: [
                "Publications", "PooledFund", "Credentials", "OpenIDConnect", "Portfolio", "Ledger", "HTML", "CZlib", crypto, http,
                hummingbird, lifecycle, logging, nioCore,
            ],
            resources: [.copy("Resources/pooledfund.css"), .copy("Resources/workspace.css"), .copy("Resources/writing.js")],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "pooledfund",
            dependencies: [
                "Web", "Publications", "PooledFund", "OpenIDConnect", "Portfolio", "Credentials", "Ledger", "HTML", "Curl",
                "Correspondence",
                "SQLite", "SQL",
                .target(name: "PostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                .product(name: "ArgumentParser", package: "swift-argument-parser"), lifecycle, logging, nioCore, nioPosix,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        // What `make bench` measures the door with; no part of the product.
        .executableTarget(
            name: "door-benchmark",
            dependencies: [
                "PooledFund", "Ledger", "SQLite", "SQL", .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .target(name: "PostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/Door",
            swiftSettings: strict
        ),
        // What the tests of several rooms share: the fund folders, a temporary office.
        .target(
            name: "TestSupport",
            dependencies: [
                "PooledFund", "SQLite", "SQL", "Ledger", .target(name: "PostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
            ],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        // Writes to a record while the tests of faults kill, cut off or starve it; not shipped.
        .executableTarget(
            name: "stream-of-actions",
            dependencies: [
                "PooledFund", "SQLite", "SQL", "Ledger", .target(name: "PostgreSQL", condition: .when(traits: ["PostgreSQL"])),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/StreamOfActions",
            swiftSettings: strict
        ),
        .testTarget(name: "LedgerTests", dependencies: ["Ledger"], swiftSettings: strict),
        .testTarget(name: "CorrespondenceTests", dependencies: ["Correspondence"], swiftSettings: strict),
        // The servers are programs of Python, run by the tests.
        .testTarget(
            name: "CurlTests",
            dependencies: ["Curl", "Correspondence"],
            exclude: ["mail_server.py", "web_server.py"],
            swiftSettings: strict
        ),
        // The files are made and read back by programs of Python, run by the tests.
        .testTarget(
            name: "OfficeFilesTests",
            dependencies: ["OfficeFiles"],
            exclude: ["office_files.py"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CredentialsTests",
            dependencies: ["Credentials", "Ledger", crypto],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OpenIDConnectTests",
            dependencies: ["OpenIDConnect", "Ledger", cryptoExtras, hummingbird, jwtKit, lifecycle, logging, nioCore],
            swiftSettings: strict
        ),
        // Some of them run the program itself, which is built beside them.
        .testTarget(name: "PortfolioTests", dependencies: ["Portfolio"], swiftSettings: strict),
        .testTarget(name: "HTMLTests", dependencies: ["HTML"], swiftSettings: strict),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "SQLite", "SQL", "TestSupport", .target(name: "PostgreSQL", condition: .when(traits: ["PostgreSQL"])),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PooledFundTests",
            dependencies: ["PooledFund", "OfficeFiles", "Correspondence", "SQL", "Ledger", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PublicationsTests",
            dependencies: ["Publications", "PooledFund", "Credentials", "Ledger", "HTML", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Web", "Publications", "PooledFund", "Credentials", "SQL", "Ledger", "HTML", "TestSupport", http, hummingbird, nioCore,
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

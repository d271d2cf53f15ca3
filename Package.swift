// swift-tools-version: 6.2
import PackageDescription

// Warnings stop the build where the project is checked, not where it is used.
let strict: [SwiftSetting] =
    Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: dependencies + ["TestFiles"], swiftSettings: strict)
}

let package = Package(
    name: "offramp",
    products: [
        .executable(name: "offramp", targets: ["offramp"]),
        .library(name: "Offramp", targets: ["Offramp"]),
        .library(name: "OfframpC", type: .static, targets: ["OfframpC"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        .executableTarget(
            name: "offramp",
            dependencies: [
                "Offramp", "OfframpTraining", "OfframpCalibration", "OfframpEngine", "OfframpExit",
                "OfframpEncoder",
                "OfframpTokenizer", "OfframpData", "OfframpTensor", "OfframpFiles",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        library(
            "OfframpTraining",
            [
                "OfframpCalibration", "OfframpEngine", "OfframpExit", "OfframpEncoder",
                "OfframpTokenizer", "OfframpData", "OfframpTensor", "OfframpFiles", "COpenBLAS",
            ]),
        library(
            "Offramp",
            ["OfframpEngine", "OfframpExit", "OfframpTokenizer", "OfframpTensor", "OfframpFiles"]),
        library("OfframpC", ["Offramp", "OfframpTensor", "OfframpFiles", "COfframp"]),
        library(
            "OfframpEngine",
            ["OfframpExit", "OfframpEncoder", "OfframpTokenizer", "OfframpTensor", "OfframpFiles"]
        ),
        library("OfframpCalibration", ["OfframpExit", "OfframpTensor", "OfframpFiles"]),
        library("OfframpExit", ["OfframpTensor", "OfframpFiles"]),
        library("OfframpEncoder", ["OfframpTensor", "OfframpFiles"]),
        library("OfframpTokenizer", ["OfframpFiles", "CUTF8Proc"]),
        .target(
            name: "OfframpData", dependencies: ["OfframpFiles", "CZlib", "CZstd"],
            swiftSettings: strict,
            // Static: what only files need must not slow the start of every command down.
            linkerSettings: [.linkedLibrary(":libz.a"), .linkedLibrary(":libzstd.a")]),
        library("OfframpTensor", ["OfframpFiles", "COfframpKernels"]),
        library("OfframpFiles"),
        .target(
            name: "COfframpKernels", exclude: ["README.md"],
            cSettings: [.headerSearchPath(".")]),
        .target(name: "COfframp"),
        .target(name: "COpenBLAS"),
        .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),

        .target(
            name: "TestFiles", dependencies: ["OfframpFiles"], path: "Tests/TestFiles",
            swiftSettings: strict),
        .target(
            name: "TestModels",
            dependencies: [
                "TestFiles", "OfframpEngine", "OfframpExit", "OfframpEncoder", "OfframpTokenizer",
                "OfframpTensor", "OfframpFiles",
            ],
            path: "Tests/TestModels", swiftSettings: strict),
        tests("Architecture", ["OfframpFiles"]),
        tests("OfframpFiles", ["OfframpFiles"]),
        tests("OfframpData", ["OfframpData", "OfframpTensor", "OfframpFiles"]),
        tests("OfframpTokenizer", ["OfframpTokenizer", "OfframpTensor", "OfframpFiles"]),
        tests(
            "OfframpTensor", ["OfframpTensor", "OfframpFiles", "COfframpKernels", "TestModels"]),
        tests(
            "OfframpEncoder",
            ["OfframpEncoder", "OfframpTokenizer", "OfframpTensor", "OfframpFiles", "TestModels"]),
        tests("OfframpExit", ["OfframpExit", "OfframpTensor", "OfframpFiles"]),
        tests(
            "OfframpCalibration",
            ["OfframpCalibration", "OfframpExit", "OfframpTensor", "OfframpFiles"]),
        tests(
            "OfframpEngine",
            [
                "OfframpEngine", "OfframpExit", "OfframpEncoder", "OfframpTokenizer",
                "OfframpTensor", "OfframpFiles", "TestModels",
            ]),
        tests("OfframpLibrary", ["Offramp", "TestModels"]),
        tests(
            "OfframpTraining",
            [
                "OfframpTraining", "OfframpEngine", "OfframpExit", "OfframpEncoder",
                "OfframpTokenizer", "OfframpData", "OfframpTensor", "OfframpFiles", "TestModels",
            ]),
        tests(
            "CommandLine",
            [
                "offramp", "OfframpEngine", "OfframpExit", "OfframpEncoder", "OfframpTensor",
                "OfframpFiles", "TestModels",
            ]),
    ],
    swiftLanguageModes: [.v6]
)

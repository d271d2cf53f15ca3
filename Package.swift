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
        name: name + "Tests",
        dependencies: [.byName(name: name), "OfframpTestSupport"] + dependencies,
        swiftSettings: strict)
}

let package = Package(
    name: "offramp",
    products: [
        .executable(name: "offramp", targets: ["offramp"]),
        .library(name: "Offramp", targets: ["OfframpEngine", "OfframpTraining"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        .executableTarget(
            name: "offramp",
            dependencies: [
                "OfframpTraining", "OfframpData", "OfframpTokenizer", "OfframpFiles",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        library("OfframpTraining", ["OfframpEngine", "OfframpData"]),
        library("OfframpEngine", ["OfframpEncoder", "OfframpExit", "OfframpTokenizer"]),
        library("OfframpExit", ["OfframpTensor", "OfframpFiles"]),
        library("OfframpEncoder", ["OfframpTensor"]),
        library("OfframpTokenizer", ["OfframpFiles", "CUTF8Proc"]),
        library("OfframpData", ["OfframpFiles"]),
        library("OfframpTensor", ["OfframpFiles", "COfframpKernels"]),
        library("OfframpFiles"),
        .target(
            name: "COfframpKernels", exclude: ["README.md"],
            cSettings: [.headerSearchPath(".")]),
        .systemLibrary(name: "CUTF8Proc"),

        .target(
            name: "OfframpTestSupport", dependencies: ["OfframpEngine"],
            path: "Tests/OfframpTestSupport"),
        tests("OfframpFiles", []),
        tests("OfframpData", []),
        tests("OfframpTokenizer", []),
        tests("OfframpTensor", ["COfframpKernels"]),
        tests("OfframpEncoder", ["OfframpTokenizer"]),
        tests("OfframpExit", []),
        tests("OfframpEngine", []),
        tests("OfframpTraining", []),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["OfframpTestSupport", "offramp", "OfframpEngine"],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

func example(_ name: String) -> Target {
    .executableTarget(
        name: name, dependencies: [.product(name: "Offramp", package: "offramp")], path: name)
}

// A package of its own: it sees of Offramp what every other program sees.
let package = Package(
    name: "examples",
    dependencies: [.package(name: "offramp", path: "..")],
    targets: ["Cascade", "Classify", "EdgeToCloud", "Explain", "LabelStream", "OwnPolicy"]
        .map(example),
    swiftLanguageModes: [.v6]
)

import Glibc
import TestFiles

/// `Tests/Fixtures/faults/faults.c`, compiled to be preloaded into a command.
enum FaultLibrary {
    private static let folder = TemporaryFolder()

    /// Where the library is; empty when no compiler is found.
    static let path: String = {
        // What is static lives as long as the process.
        atexit { FaultLibrary.remove() }
        let arguments =
            "-shared -fPIC -O1 -o \(folder("faults.so")) '\(Fixture.path("faults/faults.c"))'"
        let isCompiled = ["clang", "cc"].contains { system("\($0) \(arguments) -ldl") == 0 }
        return isCompiled ? folder("faults.so") : ""
    }()

    private static func remove() {
        unlink(folder("faults.so"))
        rmdir(folder.path)
    }
}

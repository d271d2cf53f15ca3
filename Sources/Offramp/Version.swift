/// Which Offramp this is.
package enum Version {
    /// The version of the library, of the command line and of the packages made of them.
    package static let current = "0.1.0"
}

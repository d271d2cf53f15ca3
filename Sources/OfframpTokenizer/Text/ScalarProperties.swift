import CUTF8Proc

/// A character's properties in Hugging Face's normaliser: utf8proc's tables with corrections.
struct ScalarProperties {
    let scalarClass: ScalarClass
    /// The canonical combining class; 0 for characters that stay where they are.
    let combiningClass: UInt8
    /// Whether canonical decomposition (NFD) changes the character.
    let decomposes: Bool

    init(_ scalar: UInt32) {
        let exception = scalar < 0x80 ? .plain : Self.exception(scalar)
        guard exception != .plain else {
            scalarClass = scalar < 0x80 ? ScalarClass(ascii: UInt8(scalar)) : .plain
            combiningClass = 0
            decomposes = false
            return
        }
        let known = utf8proc_get_property(utf8proc_int32_t(scalar)).pointee
        scalarClass = exception ?? Self.scalarClass(scalar, category: known.category)
        combiningClass = UInt8(truncatingIfNeeded: known.combining_class)
        // A type other than 0 marks a compatibility decomposition; Hangul is computed, not stored.
        let isStored = known.decomp_seqindex != UInt16.max && known.decomp_type == 0
        decomposes = isStored || (0xAC00...0xD7A3).contains(scalar)
    }

    /// Whether a character is part of a word for an added token that must be a whole one: a letter,
    /// mark, digit or connector.
    static func isOfWord(_ scalar: UInt32) -> Bool {
        switch utf8proc_category(utf8proc_int32_t(scalar)) {
        case UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LL, UTF8PROC_CATEGORY_LT,
            UTF8PROC_CATEGORY_LM, UTF8PROC_CATEGORY_LO, UTF8PROC_CATEGORY_MN,
            UTF8PROC_CATEGORY_MC, UTF8PROC_CATEGORY_ME, UTF8PROC_CATEGORY_ND,
            UTF8PROC_CATEGORY_NL, UTF8PROC_CATEGORY_PC:
            true
        default: false
        }
    }

    private static func scalarClass(_ scalar: UInt32, category: Int16) -> ScalarClass {
        switch utf8proc_category_t(UInt32(category)) {
        case UTF8PROC_CATEGORY_CC, UTF8PROC_CATEGORY_CF, UTF8PROC_CATEGORY_CO: .dropped
        case UTF8PROC_CATEGORY_ZS, UTF8PROC_CATEGORY_ZL, UTF8PROC_CATEGORY_ZP: .blank
        case UTF8PROC_CATEGORY_PC, UTF8PROC_CATEGORY_PD, UTF8PROC_CATEGORY_PS,
            UTF8PROC_CATEGORY_PE, UTF8PROC_CATEGORY_PI, UTF8PROC_CATEGORY_PF,
            UTF8PROC_CATEGORY_PO:
            .punctuation
        case UTF8PROC_CATEGORY_MN: .mark
        default: scalar == 0xFFFD ? .dropped : .letter
        }
    }

    /// The class in the generated table, found by binary search.
    private static func exception(_ scalar: UInt32) -> ScalarClass? {
        let table = UnicodeExceptions.classes
        var low = 0
        var high = table.count / 3
        while low < high {
            let middle = (low + high) / 2
            if table[3 * middle + 1] < scalar { low = middle + 1 } else { high = middle }
        }
        guard 3 * low < table.count, table[3 * low] <= scalar else { return nil }
        return ScalarClass(rawValue: UInt8(truncatingIfNeeded: table[3 * low + 2]))
    }
}

// What you need to write a policy of your own, and the error that everything throws.
@_exported import OfframpExit
@_exported import OfframpFiles

@_exported import struct OfframpEngine.HandedOn
@_exported import enum OfframpEngine.StateStorage
@_exported import enum OfframpTensor.Precision
@_exported import enum OfframpTokenizer.LongTexts
@_exported import struct OfframpTokenizer.TextInput

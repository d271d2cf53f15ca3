// What a policy of one's own is written with, and the error that everything throws.
@_exported import OfframpExit
@_exported import OfframpFiles

@_exported import enum OfframpTensor.Precision
@_exported import struct OfframpTokenizer.TextInput

import OfframpEncoder
import OfframpFiles
import OfframpTensor
import TestFiles

/// The random model that Scripts/make-fixtures.py saves: 2 layers, width 32, 4 heads.
enum TinyModel {
    static func path(_ name: String) -> String { Fixture.path("encoder/tiny/" + name) }

    static func configuration(activation: String = "gelu") throws -> EncoderConfiguration {
        let json = try JSON(file: path("config.json"))
        let members = (json.members ?? []).map { member in
            member.key == "hidden_act" ? JSON.Member(member.key, .string(activation)) : member
        }
        return try EncoderConfiguration(.object(members), from: "config.json")
    }

    static func backbone(activation: String = "gelu") throws -> Backbone {
        try Backbone(
            configuration(activation: activation),
            weights: SafetensorsFile(path: path("model.safetensors")))
    }
}

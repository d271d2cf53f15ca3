import ctranslate2
import numpy
from ctranslate2.converters.transformers import BertLoader

from checkpoint import full_model


class CTranslate2Engine:
    """The encoder by CTranslate2, which has no such head; the head by NumPy."""

    name = "CTranslate2"
    model_types = ["bert"]
    variants = ["float32", "bfloat16", "int8_float32", "int8_bfloat16"]

    def __init__(self, folder):
        self.folder = folder / "model"
        self.weight = self.bias = None

    def export(self, checkpoint, calibration):
        """Write the encoder in float32; it is quantised when loaded."""
        model = full_model(checkpoint)
        self.weight = model.classifier.weight.detach().numpy().T.copy()
        self.bias = model.classifier.bias.detach().numpy()
        if not self.folder.exists():
            self.write(model.backbone, (checkpoint / "vocab.txt").read_text().splitlines())

    def write(self, backbone, vocabulary):
        backbone.config.position_embedding_type = "absolute"
        spec = BertLoader().get_model_spec(backbone)
        spec.register_vocabulary(vocabulary)
        spec.config.unk_token = "[UNK]"
        spec.config.layer_norm_epsilon = backbone.config.layer_norm_eps
        spec.validate()
        spec.optimize()
        self.folder.mkdir()
        spec.save(str(self.folder))

    def workers(self, variant, count, threads):
        encoder = ctranslate2.Encoder(
            str(self.folder), compute_type=variant, inter_threads=count, intra_threads=threads)
        return [lambda batch: self.logits(encoder, batch)] * count

    def logits(self, encoder, batch):
        states = numpy.array(encoder.forward_batch(batch.rows).last_hidden_state)
        mask = batch.mask[:, :, None].astype(numpy.float32)
        mean = (states * mask).sum(1) / mask.sum(1)
        largest = (states - (1 - mask) * 1e4).max(1)
        return numpy.concatenate([mean, largest], axis=-1) @ self.weight + self.bias

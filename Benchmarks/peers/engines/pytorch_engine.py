import torch

from checkpoint import full_model


class PyTorchEngine:
    name = "PyTorch"
    variants = {"float32": torch.float32, "bf16": torch.bfloat16}

    def __init__(self, folder):
        self.checkpoint = None

    def export(self, checkpoint, calibration):
        """PyTorch reads the checkpoint itself."""
        self.checkpoint = checkpoint

    def workers(self, variant, count, threads):
        model = full_model(self.checkpoint, attention="sdpa").to(self.variants[variant])

        @torch.inference_mode()
        def answer(batch):
            torch.set_num_threads(threads)  # holds for the calling thread alone
            ids, mask = map(torch.from_numpy, (batch.ids, batch.mask))
            return model(ids, mask).float().numpy()

        return [answer] * count

"""ONNX Runtime on a model that PyTorch wrote: bytes in, probabilities out, the cast inside the graph."""
import io

import onnxruntime
import torch
from torch import nn

from pack import Prepared
from torch_network import build, count_parameters

SIDE = 28


class FromBytes(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, pixels):
        return torch.softmax(self.network(pixels.reshape(-1, 1, SIDE, SIDE).to(torch.float32)), 1)


def predict(task, _options):
    network = build(task).eval()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = task["threads"]
    providers = ["CPUExecutionProvider"]
    session = onnxruntime.InferenceSession(to_onnx(FromBytes(network)), options, providers=providers)
    run = lambda images: session.run(None, {"pixels": images})[0]
    return Prepared({"run": run}, count_parameters(network), f"ONNX Runtime {onnxruntime.__version__}")


def to_onnx(model):
    file = io.BytesIO()
    example = torch.zeros(2, SIDE * SIDE, dtype=torch.uint8)
    names = {"input_names": ["pixels"], "output_names": ["probabilities"]}
    # The older exporter: it needs no package but onnx, and these networks hold nothing it does not know.
    torch.onnx.export(model, (example,), file, dynamo=False, dynamic_axes={"pixels": {0: "batch"}}, **names)
    return file.getvalue()

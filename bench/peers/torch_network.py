"""A network as PyTorch modules in PyTorch's own layout (channels first), with the weights of the file."""
import numpy as np
import torch
from torch import nn

from pack import read_weights, require_chain

ACTIVATIONS = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "elu": nn.ELU, "swish": nn.SiLU}


def build(task):
    """Takes floats `[batch, 1, 28, 28]`, gives logits `[batch, classes]`: the last softmax is the loss's or the caller's."""
    require_chain(task)
    modules = []
    for layer, weights in zip(task["layers"], read_weights(task)):
        made = make_layer(layer)
        load(made[0] if made else None, layer, flat_order(task, layer, weights))
        activation = layer["config"].get("activation", "linear")
        is_last = layer is task["layers"][-1]
        if is_last and activation != "softmax":
            raise NotImplementedError("a network that does not end in softmax")
        if not is_last and activation != "linear":
            made = [*made, ACTIVATIONS[activation]()]
        modules += made
    return nn.Sequential(*modules)


class Scale(nn.Module):
    def __init__(self, scale, offset):
        super().__init__()
        self.scale, self.offset = scale, offset

    def forward(self, x):
        return x * self.scale + self.offset if self.offset else x * self.scale


def make_layer(layer):
    config, shape = layer["config"], layer["inputShape"]
    match layer["type"]:
        case "rescaling":
            return [Scale(config["scale"], config["offset"])]
        case "flatten":
            return [nn.Flatten()]
        case "dense":
            return [nn.Linear(shape[0], config["units"], config["useBias"])]
        case "conv2d":
            window = {"stride": config["strides"], "dilation": config["dilationRate"], "padding": config["padding"]}
            return [nn.Conv2d(shape[2], config["filters"], config["kernelSize"], **window, bias=config["useBias"])]
        case "maxPooling2d" | "averagePooling2d" if config["padding"] == "valid":
            pool = nn.MaxPool2d if layer["type"] == "maxPooling2d" else nn.AvgPool2d
            return [pool(config["poolSize"], config["strides"])]
        case "globalAveragePooling2d":
            return [nn.AdaptiveAvgPool2d(1), nn.Flatten()]
        case "batchNormalization":
            # PyTorch's momentum is the share of the new value, Keras's that of the old one.
            return [nn.BatchNorm2d(shape[2], config["epsilon"], 1 - config["momentum"])]
        case "activation":
            return []
        case "dropout":
            return [nn.Dropout(config["rate"])]
    raise NotImplementedError(f"the layer {layer['type']}")


def flat_order(task, layer, weights):
    """A dense layer behind a flattened image: its rows from channels-last order to channels-first."""
    index = task["layers"].index(layer)
    before = task["layers"][index - 1] if index > 0 else None
    if layer["type"] != "dense" or before is None or before["type"] != "flatten" or len(before["inputShape"]) != 3:
        return weights
    rows = np.arange(weights[0].shape[0]).reshape(before["inputShape"]).transpose(2, 0, 1).reshape(-1)
    return [weights[0][rows], *weights[1:]]


@torch.no_grad()
def load(module, layer, weights):
    if not weights:
        return
    if layer["type"] == "batchNormalization":
        targets = [module.weight, module.bias, module.running_mean, module.running_var]
    else:
        axes = (3, 2, 0, 1) if layer["type"] == "conv2d" else (1, 0)
        weights = [weights[0].transpose(axes), *weights[1:]]
        targets = [module.weight, module.bias]
    for target, array in zip(targets, weights):
        target.copy_(torch.from_numpy(np.ascontiguousarray(array)))


def count_parameters(model):
    """Weights and running statistics, without the counters of batches that only PyTorch has."""
    tensors = [*model.parameters(), *(b for b in model.buffers() if b.is_floating_point())]
    return sum(tensor.numel() for tensor in tensors)

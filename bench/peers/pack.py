"""What all Python contenders share: the data pack, the weights file and the shape of their answer."""
from dataclasses import dataclass
from typing import Callable

import numpy as np

PIXELS = 784


@dataclass
class Prepared:
    """Ways to run one task, by name. `parameters`: number of weights of the network as this library counts them."""

    variants: dict[str, Callable]
    parameters: int | None
    version: str


def read_images(data):
    """`[count, 784]` bytes."""
    return np.fromfile(data["path"], np.uint8, data["count"] * PIXELS).reshape(-1, PIXELS)


def read_labels(data):
    """`[count]` class indices, int32."""
    return np.fromfile(data["path"], "<u2", data["count"], offset=data["count"] * PIXELS).astype(np.int32)


def read_weights(task):
    """A list of arrays for each layer, in the layer's own order."""
    flat = np.fromfile(task["weights"], np.float32)
    layers, start = [], 0
    for layer in task["layers"]:
        arrays = []
        for weight in layer["weights"]:
            size = int(np.prod(weight["shape"]))
            arrays.append(flat[start : start + size].reshape(weight["shape"]))
            start += size
        layers.append(arrays)
    if start != len(flat):
        raise ValueError(f"the weights file has {len(flat)} values, the network {start}")
    return layers


def require_chain(task):
    """Refuses networks that these contenders do not build: anything but a chain of layers, and penalties."""
    before = "input"
    for layer in task["layers"]:
        if layer["inputs"] != [before]:
            raise NotImplementedError(f"{layer['name']} does not simply read the layer before it")
        if layer["config"].get("kernelRegularizer") or layer["config"].get("biasRegularizer"):
            raise NotImplementedError(f"{layer['name']} has a penalty")
        before = layer["name"]
    if task["config"]["loss"] != "categoricalCrossentropy":
        raise NotImplementedError(f"the loss {task['config']['loss']}")


def epoch_orders(count, size, seed=1):
    """Endless shuffled batches of `size` row numbers, an epoch after the other, the short last batch left out."""
    random = np.random.default_rng(seed)
    while True:
        order = random.permutation(count)
        for start in range(0, count - size + 1, size):
            yield order[start : start + size]

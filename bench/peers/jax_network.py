"""A network as a JAX function of its weights, channels last; max pooling in the two ways that XLA can be asked for."""
import jax
import jax.numpy as jnp
from jax import lax

ACTIVATIONS = {"linear": lambda x: x, "relu": jax.nn.relu, "sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh}
ACTIVATIONS |= {"elu": jax.nn.elu, "swish": jax.nn.silu}


def forward(task, pooling):
    """A function (weights, images, key) -> (logits, weights with new statistics); weights as `read_weights` gives them."""

    def run(weights, x, key):
        kept = []
        for index, (layer, arrays) in enumerate(zip(task["layers"], weights)):
            x, arrays = apply(layer, arrays, x, jax.random.fold_in(key, index), pooling)
            kept.append(arrays)
            activation = layer["config"].get("activation", "linear")
            # The last softmax is part of the loss.
            if layer is not task["layers"][-1]:
                x = ACTIVATIONS[activation](x)
        return x, kept

    return run


def apply(layer, weights, x, key, pooling):
    config = layer["config"]
    match layer["type"]:
        case "rescaling":
            return x * config["scale"] + config["offset"], weights
        case "flatten":
            return x.reshape(x.shape[0], -1), weights
        case "dense":
            return add_bias(x @ weights[0], weights), weights
        case "conv2d":
            dilation, order = config["dilationRate"], ("NHWC", "HWIO", "NHWC")
            options = {"rhs_dilation": dilation, "dimension_numbers": order}
            y = lax.conv_general_dilated(x, weights[0], config["strides"], config["padding"].upper(), **options)
            return add_bias(y, weights), weights
        case "maxPooling2d" if config["padding"] == "valid":
            return pooling(x, config["poolSize"], config["strides"]), weights
        case "globalAveragePooling2d":
            return x.mean((1, 2)), weights
        case "batchNormalization":
            return normalise(config, weights, x)
        case "activation":
            return x, weights
        case "dropout":
            keep = jax.random.bernoulli(key, 1.0 - config["rate"], x.shape)
            return jnp.where(keep, x / (1 - config["rate"]), 0), weights
    raise NotImplementedError(f"the layer {layer['type']}")


def add_bias(x, weights):
    return x + weights[1] if len(weights) > 1 else x


def normalise(config, weights, x):
    gamma, beta, old_mean, old_variance = weights
    mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2))
    y = (x - mean) * (lax.rsqrt(variance + config["epsilon"]) * gamma) + beta
    blend = lambda old, new: lax.stop_gradient(config["momentum"] * old + (1 - config["momentum"]) * new)
    return y, [gamma, beta, blend(old_mean, mean), blend(old_variance, variance)]


def pool_by_window(x, size, strides):
    window, steps = (1, *size, 1), (1, *strides, 1)
    return lax.reduce_window(x, -jnp.inf, lax.max, window, steps, "VALID")


def pool_by_reshape(x, size, strides):
    """The same without overlap: a maximum over two axes, whose gradient needs no search."""
    if list(size) != list(strides):
        return pool_by_window(x, size, strides)
    height, width = x.shape[1] // size[0], x.shape[2] // size[1]
    x = x[:, : height * size[0], : width * size[1]]
    return x.reshape(x.shape[0], height, size[0], width, size[1], x.shape[3]).max((2, 4))


POOLINGS = {"reduce_window": pool_by_window, "reshaped pooling": pool_by_reshape}

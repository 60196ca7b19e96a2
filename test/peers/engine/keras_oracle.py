"""Keras 3's answers for the cases on stdin, a JSON list of {"kind": ..., ...}; a JSON list of answers on stdout."""
import json
import os
import re
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402


def snake(name):
    return re.sub(r"[A-Z]", lambda letter: "_" + letter.group().lower(), name)


def real(value):
    """JSON has no 0.0, and Keras would count in whole numbers with 0."""
    return float(value) if type(value) is int else value


def setting(name, value):
    """A layer's setting as Keras takes it."""
    if name.endswith("Regularizer"):
        return keras.regularizers.L1L2(l1=value.get("l1", 0), l2=value.get("l2", 0))
    if name == "activation":
        return snake(value)
    return tuple(value) if isinstance(value, list) else value


LAYERS = {
    "dense": keras.layers.Dense, "conv2d": keras.layers.Conv2D, "depthwiseConv2d": keras.layers.DepthwiseConv2D,
    "separableConv2d": keras.layers.SeparableConv2D, "maxPooling2d": keras.layers.MaxPooling2D,
    "averagePooling2d": keras.layers.AveragePooling2D, "globalAveragePooling2d": keras.layers.GlobalAveragePooling2D,
    "flatten": keras.layers.Flatten, "reshape": keras.layers.Reshape, "dropout": keras.layers.Dropout,
    "spatialDropout2d": keras.layers.SpatialDropout2D, "gaussianNoise": keras.layers.GaussianNoise,
    "batchNormalization": keras.layers.BatchNormalization, "layerNormalization": keras.layers.LayerNormalization,
    "activation": keras.layers.Activation, "add": keras.layers.Add, "rescaling": keras.layers.Rescaling,
}


def build(case):
    """The network of a case with its weights; the layers in the order of the case."""
    tensors = {"input": keras.Input(case["inputShape"])}
    layers, latest = [], "input"
    for spec in case["layers"]:
        settings = {k: v for k, v in spec.items() if k not in ("type", "name", "inputs") and v is not None}
        layer = LAYERS[spec["type"]](**{snake(k): setting(k, v) for k, v in settings.items()})
        inputs = [tensors[name] for name in spec.get("inputs", [latest])]
        latest = spec["name"]
        tensors[latest] = layer(inputs if spec["type"] == "add" else inputs[0])
        layers.append(layer)
    model = keras.Model(tensors["input"], tensors[latest])
    weights = iter(case["weights"])
    for layer in layers:
        layer.set_weights([np.reshape(next(weights), w.shape) for w in layer.weights])
    return model, layers


def loss_function(case):
    smoothing = case["labelSmoothing"]
    return {
        "categoricalCrossentropy": keras.losses.CategoricalCrossentropy(label_smoothing=smoothing),
        "meanSquaredError": keras.losses.MeanSquaredError(),
        "binaryCrossentropy": keras.losses.BinaryCrossentropy(label_smoothing=smoothing),
    }[case["loss"]]


def differentiate(case, model):
    """Loss and gradients of the batch while training."""
    images = tf.constant(np.reshape(case["images"], [-1, *case["inputShape"]]), tf.float32)
    targets = tf.constant(case["targets"], tf.float32)
    with tf.GradientTape() as tape:
        # The copy has no memory of its logits: Keras takes those of a sigmoid for a softmax's.
        output = tf.identity(model(images, training=True))
        loss = loss_function(case)(targets, output, sample_weight=case.get("sampleWeights"))
        loss += sum(model.losses) if model.losses else 0.0
    return loss, tape.gradient(loss, model.trainable_variables)


def gradients(case):
    model, layers = build(case)
    images = np.reshape(case["images"], [-1, *case["inputShape"]]).astype("float32")
    outputs = model(images, training=False).numpy()
    loss, by_variable = differentiate(case, model)
    found = {id(v): g.numpy() for v, g in zip(model.trainable_variables, by_variable)}
    return {
        "outputs": outputs.ravel().tolist(),
        "loss": float(loss),
        "gradients": [found[id(w)].ravel().tolist() for layer in layers for w in layer.trainable_weights],
        "statistics": [w.numpy().ravel().tolist() for layer in layers for w in layer.non_trainable_weights],
    }


OPTIMIZERS = {
    "sgd": keras.optimizers.SGD, "rmsprop": keras.optimizers.RMSprop, "adagrad": keras.optimizers.Adagrad,
    "adam": keras.optimizers.Adam, "adamw": keras.optimizers.AdamW,
}


def steps(case):
    model, layers = build(case)
    names = {"beta1": "beta_1", "beta2": "beta_2"}
    settings = {names.get(k, snake(k)): real(v) for k, v in case["optimizer"].items() if k != "type"}
    for ours, theirs in (("clipNorm", "global_clipnorm"), ("clipValue", "clipvalue")):
        if ours in case:
            settings[theirs] = case[ours]
    optimizer = OPTIMIZERS[case["optimizer"]["type"]](learning_rate=case["learningRate"], **settings)
    losses = []
    for _ in range(case["steps"]):
        loss, by_variable = differentiate(case, model)
        optimizer.apply(by_variable, model.trainable_variables)
        losses.append(float(loss))
    return {"losses": losses, "weights": [w.numpy().ravel().tolist() for layer in layers for w in layer.weights]}


def initializer(case):
    make = {
        "glorotUniform": keras.initializers.GlorotUniform, "glorotNormal": keras.initializers.GlorotNormal,
        "heUniform": keras.initializers.HeUniform, "heNormal": keras.initializers.HeNormal,
        "lecunUniform": keras.initializers.LecunUniform, "lecunNormal": keras.initializers.LecunNormal,
        "zeros": keras.initializers.Zeros, "ones": keras.initializers.Ones,
    }[case["id"]]
    seed = {} if case["id"] in ("zeros", "ones") else {"seed": 1}
    values = np.asarray(make(**seed)(case["shape"]), "float64")
    return {"mean": values.mean(), "deviation": values.std(), "largest": np.abs(values).max(),
            "quartile": np.quantile(values, 0.25)}


def schedule(case):
    make = {
        "cosine": keras.optimizers.schedules.CosineDecay,
        "exponential": keras.optimizers.schedules.ExponentialDecay,
    }[case["id"]]
    rate = make(**{name: real(value) for name, value in case["settings"].items()})
    return [float(rate(step)) for step in case["steps"]]


def plateau(case):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(case["learningRate"]), "mse")
    callback = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", **case["settings"])
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, loss in enumerate(case["losses"]):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        rates.append(float(model.optimizer.learning_rate))
    return rates


KINDS = {f.__name__: f for f in (gradients, steps, initializer, schedule, plateau)}
json.dump([KINDS[case["kind"]](case) for case in json.load(sys.stdin)], sys.stdout)

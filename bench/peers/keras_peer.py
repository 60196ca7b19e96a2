"""Keras 3 on TensorFlow, with its defaults: a compiled model that takes bytes and rescales them itself."""
import os
import time

import keras
import tensorflow as tf

from pack import Prepared, epoch_orders, read_images, read_labels, read_weights, require_chain

SIDE = 28


def train(task, options):
    steps_per_execution = int(dict(option.split("=") for option in options).get("steps_per_execution", 1))
    model = build(task, steps_per_execution)
    images = read_images(task["data"]).reshape(-1, SIDE, SIDE, 1)
    labels = read_labels(task["data"])
    if task["config"]["labelSmoothing"] > 0:
        labels = keras.utils.to_categorical(labels, task["layers"][-1]["outputShape"][0])
    size = task["batchSize"]
    orders = epoch_orders(len(images), size)

    def fit(steps):
        epochs = -(-steps * size // len(images))
        count = min(steps * size, len(images))
        clock = EpochClock()
        history = model.fit(images[:count], labels[:count], batch_size=size, epochs=epochs, verbose=0, callbacks=[clock])
        loss = sum(history.history["loss"]) / epochs
        return {"images": epochs * count, "seconds": clock.seconds, "loss": loss}

    def train_on_batch(steps):
        # Its losses are running means.
        model.reset_metrics()
        started = time.perf_counter()
        for _ in range(steps):
            rows = next(orders)
            loss, _ = model.train_on_batch(images[rows], labels[rows])
        seconds = time.perf_counter() - started
        return {"images": steps * size, "seconds": seconds, "loss": float(loss)}

    # train_on_batch runs one step at a time whatever was compiled.
    variants = {"fit": fit} if steps_per_execution > 1 else {"fit": fit, "train_on_batch": train_on_batch}
    return Prepared(variants, model.count_params(), version())


def predict(task, _options):
    model = build(task, 1)
    compiled = tf.function(lambda x: model(x, training=False), reduce_retracing=True)
    shape = (-1, SIDE, SIDE, 1)
    variants = {
        "predict_on_batch": lambda images: model.predict_on_batch(images.reshape(shape)),
        "tf.function": lambda images: compiled(tf.constant(images.reshape(shape))).numpy(),
    }
    return Prepared(variants, model.count_params(), version())


def version():
    return f"Keras {keras.__version__}, TensorFlow {tf.__version__}"


class EpochClock(keras.callbacks.Callback):
    """Time inside epochs: what fit does once before the first is not held against it."""

    seconds = 0.0

    def on_epoch_begin(self, epoch, logs=None):
        self.started = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds += time.perf_counter() - self.started


def build(task, steps_per_execution):
    threads = int(os.environ["TF_NUM_INTRAOP_THREADS"])
    if tf.config.threading.get_intra_op_parallelism_threads() not in (0, threads):
        raise ValueError("TensorFlow was started with another number of threads")
    require_chain(task)
    keras.backend.clear_session()
    model = keras.Sequential([keras.Input((SIDE, SIDE, 1), dtype="uint8"), *map(make_layer, task["layers"])])
    model.set_weights([array for arrays in read_weights(task) for array in arrays])
    config = task["config"]
    smoothing = config["labelSmoothing"]
    loss = (
        keras.losses.CategoricalCrossentropy(label_smoothing=smoothing)
        if smoothing > 0
        else keras.losses.SparseCategoricalCrossentropy()
    )
    model.compile(make_optimizer(config), loss, metrics=["accuracy"], steps_per_execution=steps_per_execution)
    return model


def make_layer(layer):
    config, layers = layer["config"], keras.layers
    kernel = lambda: {"activation": config["activation"], "use_bias": config["useBias"]}
    match layer["type"]:
        case "rescaling":
            return layers.Rescaling(config["scale"], config["offset"])
        case "flatten":
            return layers.Flatten()
        case "dense":
            return layers.Dense(config["units"], **kernel())
        case "conv2d":
            window = {"strides": config["strides"], "dilation_rate": config["dilationRate"]}
            return layers.Conv2D(
                config["filters"], config["kernelSize"], padding=config["padding"], **window, **kernel()
            )
        case "maxPooling2d":
            return layers.MaxPooling2D(config["poolSize"], config["strides"], config["padding"])
        case "averagePooling2d":
            return layers.AveragePooling2D(config["poolSize"], config["strides"], config["padding"])
        case "globalAveragePooling2d":
            return layers.GlobalAveragePooling2D()
        case "batchNormalization":
            return layers.BatchNormalization(momentum=config["momentum"], epsilon=config["epsilon"])
        case "activation":
            return layers.Activation(config["activation"])
        case "dropout":
            return layers.Dropout(config["rate"])
    raise NotImplementedError(f"the layer {layer['type']}")


def make_optimizer(config):
    o, optimizers = config["optimizer"], keras.optimizers
    averaged = {"use_ema": True, "ema_momentum": config["emaDecay"]} if config.get("emaDecay") else {}
    common = {"learning_rate": config["learningRate"], **averaged}
    match o["type"]:
        case "sgd":
            return optimizers.SGD(momentum=o["momentum"], nesterov=o["nesterov"], **common)
        case "rmsprop":
            return optimizers.RMSprop(rho=o["rho"], momentum=o["momentum"], epsilon=o["epsilon"], **common)
        case "adagrad":
            return optimizers.Adagrad(o["initialAccumulatorValue"], epsilon=o["epsilon"], **common)
        case "adam":
            moments = {"beta_1": o["beta1"], "beta_2": o["beta2"], "epsilon": o["epsilon"]}
            return optimizers.Adam(**moments, amsgrad=o["amsgrad"], **common)
        case "adamw":
            moments = {"beta_1": o["beta1"], "beta_2": o["beta2"], "epsilon": o["epsilon"]}
            return optimizers.AdamW(weight_decay=o["weightDecay"], **moments, **common)
    raise NotImplementedError(f"the optimizer {o['type']}")

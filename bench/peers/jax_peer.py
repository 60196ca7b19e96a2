"""JAX: the whole step as one jitted function whose state is given back to it in place."""
import functools
import time

import jax
import jax.numpy as jnp
import numpy as np

from jax_network import POOLINGS, forward
from pack import Prepared, epoch_orders, read_images, read_labels, read_weights, require_chain

SIDE = 28


def train(task, _options):
    require_chain(task)
    images = read_images(task["data"]).reshape(-1, SIDE, SIDE, 1)
    labels = read_labels(task["data"])
    variants = {name: make_loop(task, pooling, (images, labels)) for name, pooling in POOLINGS.items()}
    parameters = sum(array.size for arrays in read_weights(task) for array in arrays)
    return Prepared(variants, parameters, f"JAX {jax.__version__}")


def make_loop(task, pooling, data):
    images, labels = data
    size = task["batchSize"]
    step = make_step(task, forward(task, pooling))
    weights = jax.tree.map(jnp.asarray, read_weights(task))
    zeros = lambda: jax.tree.map(jnp.zeros_like, weights)
    state = {"weights": weights, "first": zeros(), "second": zeros(), "averages": jax.tree.map(jnp.copy, weights)}
    state |= {"step": jnp.zeros((), jnp.int32), "loss": jnp.zeros(()), "correct": jnp.zeros((), jnp.int32)}
    orders = epoch_orders(len(images), size)

    def loop(steps):
        nonlocal state
        state["loss"] = jnp.zeros(())
        started = time.perf_counter()
        for _ in range(steps):
            rows = next(orders)
            state = step(state, images[rows], labels[rows])
        jax.block_until_ready(state)
        seconds = time.perf_counter() - started
        if not np.isfinite(state["loss"]):
            raise ArithmeticError("the loss is no longer finite")
        return {"images": steps * size, "seconds": seconds, "loss": float(state["loss"]) / steps}

    return loop


def make_step(task, network):
    config = task["config"]
    update, decay, smoothing = make_update(config), config.get("emaDecay"), config["labelSmoothing"]

    def measure(weights, images, labels, key):
        logits, kept = network(weights, images.astype(jnp.float32), key)
        classes = logits.shape[1]
        target = jax.nn.one_hot(labels, classes) * (1 - smoothing) + smoothing / classes
        loss = -(target * jax.nn.log_softmax(logits)).sum(1).mean()
        return loss, (kept, (logits.argmax(1) == labels).sum())

    @functools.partial(jax.jit, donate_argnums=0)
    def step(state, images, labels):
        count = state["step"] + 1
        key = jax.random.fold_in(jax.random.key(1), count)
        gradient = jax.value_and_grad(measure, has_aux=True)
        (loss, (kept, right)), slopes = gradient(state["weights"], images, labels, key)
        slots = (state["weights"], slopes, state["first"], state["second"])
        moved = jax.tree.map(lambda *each: update(count, *each), *slots)
        weights, first, second = jax.tree.transpose(jax.tree.structure(kept), jax.tree.structure((0, 0, 0)), moved)
        # Behind a kernel and its bias (gamma and beta) come statistics, which the layer moves and the optimizer does not.
        weights = [new[:2] + own[2:] for new, own in zip(weights, kept)]
        averages = state["averages"]
        if decay:
            averages = jax.tree.map(lambda old, new: old + (1 - decay) * (new - old), averages, weights)
        sums = {"loss": state["loss"] + loss, "correct": state["correct"] + right}
        return {"weights": weights, "first": first, "second": second, "averages": averages, "step": count, **sums}

    return step


def make_update(config):
    """A function (step, weight, slope, first, second) -> (weight, first, second), by Keras's formulas."""
    o, rate = config["optimizer"], config["learningRate"]

    def adam(step, weight, slope, first, second):
        first = o["beta1"] * first + (1 - o["beta1"]) * slope
        second = o["beta2"] * second + (1 - o["beta2"]) * slope**2
        t = step.astype(jnp.float32)
        scaled = rate * jnp.sqrt(1 - o["beta2"] ** t) / (1 - o["beta1"] ** t)
        decayed = weight * (1 - rate * o.get("weightDecay", 0))
        return decayed - scaled * first / (jnp.sqrt(second) + o["epsilon"]), first, second

    def rmsprop(_step, weight, slope, first, second):
        second = o["rho"] * second + (1 - o["rho"]) * slope**2
        return weight - rate * slope / jnp.sqrt(second + o["epsilon"]), first, second

    def sgd(_step, weight, slope, first, second):
        first = o["momentum"] * first - rate * slope
        return weight + first, first, second

    plain = {"adam": not o.get("amsgrad"), "adamw": True, "rmsprop": not o.get("momentum"), "sgd": not o.get("nesterov")}
    if not plain.get(o["type"]):
        raise NotImplementedError(f"the optimizer {o}")
    return {"adam": adam, "adamw": adam, "rmsprop": rmsprop, "sgd": sgd}[o["type"]]

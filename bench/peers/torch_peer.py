"""PyTorch: the usual loop, eager or compiled (`compile`), in both memory layouts, of which the faster is measured."""
import time

import torch
import torch.nn.functional as F

from pack import Prepared, epoch_orders, read_images, read_labels
from torch_network import build, count_parameters

SIDE = 28
LAYOUTS = {"channels first": torch.contiguous_format, "channels last": torch.channels_last}


def train(task, options):
    torch.set_num_threads(task["threads"])
    torch.manual_seed(1)
    images = torch.from_numpy(read_images(task["data"])).reshape(-1, 1, SIDE, SIDE)
    labels = torch.from_numpy(read_labels(task["data"])).long()
    variants = {
        name: make_loop(task, build(task).to(memory_format=layout), (images, labels), layout, "compile" in options)
        for name, layout in LAYOUTS.items()
    }
    return Prepared(variants, count_parameters(build(task)), f"PyTorch {torch.__version__}")


def make_loop(task, model, data, layout, is_compiled):
    config, size = task["config"], task["batchSize"]
    images, labels = data
    weights = list(model.parameters())
    optimizer = make_optimizer(config, weights)
    decay = config.get("emaDecay")
    averages = [weight.detach().clone() for weight in weights]
    orders = epoch_orders(len(images), size)

    def forward(pixels, target):
        logits = model(pixels.to(torch.float32, memory_format=layout))
        loss = F.cross_entropy(logits, target, label_smoothing=config["labelSmoothing"])
        return loss, (logits.argmax(1) == target).sum()

    run = torch.compile(forward) if is_compiled else forward

    def loop(steps):
        model.train()
        loss_sum, correct = torch.zeros(()), torch.zeros((), dtype=torch.long)
        started = time.perf_counter()
        for _ in range(steps):
            rows = torch.from_numpy(next(orders))
            loss, right = run(images[rows], labels[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            if decay:
                torch._foreach_lerp_(averages, [weight.detach() for weight in weights], 1 - decay)
            loss_sum += loss.detach()
            correct += right
        seconds = time.perf_counter() - started
        if not torch.isfinite(loss_sum):
            raise ArithmeticError("the loss is no longer finite")
        return {"images": steps * size, "seconds": seconds, "loss": loss_sum.item() / steps}

    return loop


def predict(task, _options):
    torch.set_num_threads(task["threads"])

    def make(layout):
        model = build(task).to(memory_format=layout).eval()

        @torch.inference_mode()
        def run(images):
            pixels = torch.from_numpy(images).reshape(-1, 1, SIDE, SIDE).to(torch.float32, memory_format=layout)
            return F.softmax(model(pixels), 1).numpy()

        return run

    variants = {name: make(layout) for name, layout in LAYOUTS.items()}
    return Prepared(variants, count_parameters(build(task)), f"PyTorch {torch.__version__}")


def make_optimizer(config, weights):
    """With the fused kernels where PyTorch has them for processors."""
    o, rate = config["optimizer"], config["learningRate"]
    match o["type"]:
        case "sgd":
            return torch.optim.SGD(weights, rate, o["momentum"], nesterov=o["nesterov"], fused=True)
        case "rmsprop":
            return torch.optim.RMSprop(weights, rate, o["rho"], o["epsilon"], momentum=o["momentum"], foreach=True)
        case "adagrad":
            start = o["initialAccumulatorValue"]
            return torch.optim.Adagrad(weights, rate, initial_accumulator_value=start, eps=o["epsilon"], fused=True)
        case "adam":
            betas = (o["beta1"], o["beta2"])
            return torch.optim.Adam(weights, rate, betas, o["epsilon"], amsgrad=o["amsgrad"], fused=True)
        case "adamw":
            betas = (o["beta1"], o["beta2"])
            return torch.optim.AdamW(weights, rate, betas, o["epsilon"], o["weightDecay"], fused=True)
    raise NotImplementedError(f"the optimizer {o['type']}")

"""Losses of the first steps of one contender, by variant. stdin: {module, options, steps, task}; stdout: {variant: [loss]}."""
import importlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "bench/peers"))
request = json.load(sys.stdin)
module = importlib.import_module(request["module"])


def prepare():
    return module.train(request["task"], request["options"])


def first_losses(variant):
    run = prepare().variants[variant]
    return [run(1)["loss"] for _ in range(request["steps"])]


prepared = prepare()
losses = {variant: first_losses(variant) for variant in prepared.variants}
print(json.dumps({"parameters": prepared.parameters, "losses": losses}))

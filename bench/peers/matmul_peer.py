"""The machine's peak: single-precision matrix products of the best library here. `images` of a round are operations."""
import time

import numpy as np
import torch

from pack import Prepared

SIZES = (1024, 2048)


def peak(task, _options):
    torch.set_num_threads(task["threads"])

    def product(size, as_matrix, multiply):
        left = as_matrix(np.random.default_rng(1).random((size, size), np.float32))
        right = as_matrix(np.random.default_rng(2).random((size, size), np.float32))

        def run(steps):
            # One step of any size is the same number of operations, so that the variants can be compared.
            repeats = steps * (SIZES[-1] // size) ** 3
            started = time.perf_counter()
            for _ in range(repeats):
                multiply(left, right)
            return {"images": repeats * 2 * size**3, "seconds": time.perf_counter() - started}

        return run

    variants = {}
    for size in SIZES:
        variants[f"torch {size}"] = product(size, torch.from_numpy, torch.mm)
        variants[f"numpy {size}"] = product(size, np.asarray, np.matmul)
    return Prepared(variants, None, f"torch {torch.__version__}, numpy {np.__version__}")

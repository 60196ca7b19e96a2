/** Who can be compared, and how each is started. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchOptions } from '../lib/options.ts';
import { fail } from '../../src/shared/errors.ts';
import type { ContenderEntry } from './contender.ts';

const ROOT = join(import.meta.dirname, '../..');
const PEERS = join(ROOT, '.cache/peers', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

interface Listed {
  label: string;
  /** A file of contenders/, run by Node, or of peers/, imported by peers/worker.py. */
  program: { node: string } | { python: string };
  /** Words after the program's name. */
  args?: readonly string[];
}

/** Ids by benchmark; `ours` comes first, the others are measured against it. */
export const CONTENDERS = {
  train: {
    ours: { label: 'Digit Studio', program: { node: 'ours.ts' } },
    'ours-augmented': {
      label: 'Digit Studio, standard augmentation',
      program: { node: 'ours.ts' },
      args: ['standard'],
    },
    tfjs: { label: 'tfjs-node, model.fit', program: { node: 'stock-tfjs.ts' } },
    keras: { label: 'Keras 3', program: { python: 'keras_peer' } },
    'keras-32': {
      label: 'Keras 3, steps_per_execution=32',
      program: { python: 'keras_peer' },
      args: ['steps_per_execution=32'],
    },
    torch: { label: 'PyTorch', program: { python: 'torch_peer' } },
    'torch-compile': {
      label: 'PyTorch, torch.compile',
      program: { python: 'torch_peer' },
      args: ['compile'],
    },
    jax: { label: 'JAX, jit', program: { python: 'jax_peer' } },
  },
  inference: {
    ours: { label: 'Digit Studio', program: { node: 'ours-inference.ts' } },
    onnxruntime: { label: 'ONNX Runtime', program: { python: 'onnx_peer' } },
    keras: { label: 'Keras 3', program: { python: 'keras_peer' } },
    torch: { label: 'PyTorch', program: { python: 'torch_peer' } },
  },
} as const satisfies Record<string, Record<string, Listed>>;

/** The entries of `benchmark` that `options` ask for. */
export function chooseContenders(
  benchmark: keyof typeof CONTENDERS,
  options: BenchOptions,
): ContenderEntry[] {
  const listed: Record<string, Listed> = CONTENDERS[benchmark];
  const wanted = options.contenders ?? Object.keys(listed);
  const unknown = wanted.find((id) => !Object.hasOwn(listed, id));
  if (unknown !== undefined)
    fail('badUsage', {
      problem: `--contenders knows ${Object.keys(listed).join(', ')}, not "${unknown}"`,
    });
  return Object.entries(listed)
    .filter(([id]) => id === 'ours' || wanted.includes(id))
    .map(([id, entry]) => startLine({ id, ...entry }, options));
}

/** The matrix multiplications that show what the machine can do at most. */
export function peakContender(options: BenchOptions): ContenderEntry {
  return startLine({ id: 'peak', label: 'matrix multiply', program: { python: 'matmul_peer' } }, options);
}

function startLine(entry: Listed & { id: string }, options: BenchOptions): ContenderEntry {
  const { id, label, program, args = [] } = entry;
  const env = threadLimits(options.threads);
  if ('node' in program)
    return {
      id,
      label,
      command: process.execPath,
      args: [join(import.meta.dirname, program.node), ...args],
      env,
    };
  const worker = join(ROOT, 'bench/peers/worker.py');
  // Unbuffered, and without writing byte code into the project.
  return {
    id,
    label,
    command: findPython(options),
    args: ['-u', '-B', worker, program.python, ...args],
    env,
  };
}

function findPython({ python }: BenchOptions): string {
  const given = python ?? process.env.DIGIT_STUDIO_PEERS_PYTHON;
  return given ?? (existsSync(PEERS) ? PEERS : 'python3');
}

/** The same number of threads for everybody, in the words of each library. */
function threadLimits(threads: number): Record<string, string> {
  const count = String(threads);
  return {
    OMP_NUM_THREADS: count,
    MKL_NUM_THREADS: count,
    OPENBLAS_NUM_THREADS: count,
    TF_NUM_INTRAOP_THREADS: count,
    TF_CPP_MIN_LOG_LEVEL: '3',
    KERAS_BACKEND: 'tensorflow',
    JAX_PLATFORMS: 'cpu',
  };
}

/** What a layer is: its settings, shapes, weights, cost and arithmetic, in one definition. */
import { z } from 'zod';
import type { ErrorParameters } from '../error-catalog.ts';
import { initializerSchema, type InitializerId } from './initializers.ts';
import type { Ops, Pair, Shape, Tensor, TrainingOps } from './ops.ts';

/** Penalty added to the loss: l1 * sum(|w|) + l2 * sum(w^2), as in Keras. */
export const regularizerSchema = z.object({
  l1: z.number().min(0).default(0),
  l2: z.number().min(0).default(0),
});
export type Regularizer = z.infer<typeof regularizerSchema>;

/** One weight of a layer: its Keras name, its shape and how it starts. */
export interface WeightSpec {
  name: string;
  shape: Shape;
  initializer: InitializerId;
  regularizer?: Regularizer | undefined;
  /** False for statistics that the layer keeps by itself. */
  trainable: boolean;
}

/** What a layer's `build` is given. */
export interface BuildContext<Config> {
  config: Config;
  ops: Ops;
  /** Outputs of the layers it reads, with the batch as first axis. */
  inputs: readonly Tensor[];
  /** Its weights by name. */
  weights: Readonly<Record<string, Tensor>>;
  /** Present while training; absent for inference. */
  training?: TrainingContext | undefined;
}

export interface TrainingContext {
  ops: TrainingOps;
  /** Sets a weight that is not trainable to a new value after the step. */
  assign(weight: string, value: Tensor): void;
}

/** Shapes are without the batch. A definition that finds its inputs unsuitable throws with `refuse`. */
export interface LayerDefinition<Config = unknown> {
  /** Name in a NetworkSpec. */
  readonly type: string;
  /** Name in Keras and in the tfjs LayersModel format. */
  readonly className: string;
  readonly schema: z.ZodType<Config>;
  /** How many inputs it reads; 1 unless said otherwise. */
  readonly arity?: 'many';
  outputShape(config: Config, inputs: readonly Shape[]): Shape;
  weights?(config: Config, inputs: readonly Shape[]): WeightSpec[];
  /** Multiplications and additions for one image (a fused multiply-add counts as two). Default: one per output element. */
  flops?(config: Config, inputs: readonly Shape[], output: Shape): number;
  build(context: BuildContext<Config>): Tensor;
  /** Its form in the LayersModel format, where that is not just its class name and settings. */
  toKeras?(config: Config, inputs: readonly Shape[]): { className?: string; config: Record<string, unknown> };
  /** Its settings, if a LayersModel layer of another form (config in camelCase) is this layer; else undefined. */
  fromKeras?(className: string, config: Record<string, unknown>): Record<string, unknown> | undefined;
}

/** Declares a layer; the schema's type flows into the other members. */
export function defineLayer<Schema extends z.ZodType>(
  definition: Omit<LayerDefinition<z.output<Schema>>, 'schema'> & { schema: Schema },
): LayerDefinition {
  return definition as unknown as LayerDefinition;
}

/** The error catalog's entries for broken layer rules; `layer` is filled in by `resolveNetwork`. */
export type LayerRule =
  | 'layerNeedsImage'
  | 'layerNeedsFlat'
  | 'layerWindowTooLarge'
  | 'layerReshapeManyUnknown'
  | 'layerReshapeSize'
  | 'layerTooFewInputs'
  | 'layerInputsDiffer';

/** A broken rule, thrown where the layer's name is not known yet. */
export class LayerRuleError extends Error {
  readonly rule: LayerRule;
  readonly parameters: Record<string, string>;

  constructor(rule: LayerRule, parameters: Record<string, string>) {
    super(rule);
    this.rule = rule;
    this.parameters = parameters;
  }
}

/** Refuses inputs or settings: the rule that is broken and the values that break it. */
export function refuse<Rule extends LayerRule>(
  rule: Rule,
  values: Record<Exclude<keyof ErrorParameters<Rule>, 'layer'>, unknown>,
): never {
  throw new LayerRuleError(
    rule,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, describe(value)])),
  );
}

const describe = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

const positive = z.int().positive().max(65_536);
/** One number for both axes, or `[height, width]`. */
export const pairSchema = z.union([positive.transform((n): Pair => [n, n]), z.tuple([positive, positive])]);
export const paddingSchema = z.enum(['same', 'valid']);
export const unitsSchema = positive;

/** Settings that every layer with a kernel has. */
export const kernelSettings = {
  useBias: z.boolean().default(true),
  kernelInitializer: initializerSchema.default('glorotUniform'),
  biasInitializer: initializerSchema.default('zeros'),
  kernelRegularizer: regularizerSchema.optional(),
  biasRegularizer: regularizerSchema.optional(),
};

/** The `bias` weight of a layer with `kernelSettings`, if it has one. */
export function biasWeight(
  config: { useBias: boolean; biasInitializer: InitializerId; biasRegularizer?: Regularizer | undefined },
  channels: number,
): WeightSpec[] {
  if (!config.useBias) return [];
  const { biasInitializer: initializer, biasRegularizer: regularizer } = config;
  return [{ name: 'bias', shape: [channels], initializer, regularizer, trainable: true }];
}

/** The single input of a layer that reads images `[height, width, channels]`. */
export function imageInput(
  inputs: readonly Shape[],
): readonly [height: number, width: number, channels: number] {
  const shape = inputs[0]!;
  if (shape.length !== 3) refuse('layerNeedsImage', { received: shape });
  return [shape[0]!, shape[1]!, shape[2]!];
}

interface WindowOptions {
  window: Pair;
  strides: Pair;
  padding: 'same' | 'valid';
}

/** Output height and width of a window that slides over an image, by TensorFlow's rules. */
export function slide([height, width]: Pair, { window, strides, padding }: WindowOptions): Pair {
  if (padding === 'same') return [Math.ceil(height / strides[0]), Math.ceil(width / strides[1])];
  if (window[0] > height || window[1] > width) {
    refuse('layerWindowTooLarge', { window: window.join('x'), received: `${height}x${width}` });
  }
  return [
    Math.floor((height - window[0]) / strides[0]) + 1,
    Math.floor((width - window[1]) / strides[1]) + 1,
  ];
}

/** Size of a kernel once its taps are spread by the dilation. */
export const dilate = (size: Pair, rate: Pair): Pair => [
  (size[0] - 1) * rate[0] + 1,
  (size[1] - 1) * rate[1] + 1,
];

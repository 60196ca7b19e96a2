/** Checks a NetworkSpec against the layer catalog and works out shapes, weights and cost, before anything runs. */
import { z } from 'zod';
import { appError, fail } from '../errors.ts';
import { layerCatalog } from './layers/index.ts';
import { LayerRuleError, sizeOf, type LayerDefinition, type WeightSpec } from './layer.ts';
import type { Shape } from './ops.ts';
import { layerSpecSchema, networkSpecSchema, type LayerSpec, type NetworkSpec } from './spec.ts';

/** Name of the network's input in a layer's `inputs`. */
export const NETWORK_INPUT = 'input';

/** One weight with its place in the flat weight order (and in weights.bin). */
export interface ResolvedWeight extends WeightSpec {
  /** `<layer>/<weight>`, as in a LayersModel's manifest. */
  path: string;
  size: number;
  /** First element, counted in float32 values from the start of the network's weights. */
  offset: number;
}

export interface ResolvedLayer {
  name: string;
  definition: LayerDefinition;
  /** Settings with their defaults filled in. */
  config: unknown;
  /** Names of what it reads: earlier layers or `input`. */
  inputs: readonly string[];
  inputShapes: readonly Shape[];
  outputShape: Shape;
  weights: readonly ResolvedWeight[];
  parameters: number;
  /** For one image. */
  flops: number;
}

/** Shapes are without the batch. */
export interface ResolvedNetwork {
  inputShape: Shape;
  outputShape: Shape;
  layers: readonly ResolvedLayer[];
  weights: readonly ResolvedWeight[];
  parameters: number;
  trainableParameters: number;
  /** For one image. */
  flops: number;
  /** Values of all layer outputs together, for one image. */
  activations: number;
}

/** `spec` as checked layers. Errors name the layer, the rule and the value received. */
export function resolveNetwork(spec: unknown): ResolvedNetwork {
  const network = parseNetworkSpec(spec);
  const shapes = new Map<string, Shape>([[NETWORK_INPUT, network.inputShape]]);
  const layers: ResolvedLayer[] = [];
  const names = layerNames(network);
  let offset = 0;
  network.layers.forEach((layer, index) => {
    const name = names[index]!;
    if (shapes.has(name)) fail('layerDuplicateName', { layer: name });
    const inputs = layer.inputs ?? [layers.at(-1)?.name ?? NETWORK_INPUT];
    const resolved = resolveLayer(layer, { name, inputs, shapes, offset });
    offset += resolved.parameters;
    shapes.set(name, resolved.outputShape);
    layers.push(resolved);
  });
  return summarise(network.inputShape, layers);
}

/** The spec's outer form; layers are checked by `resolveNetwork`. */
export function parseNetworkSpec(spec: unknown): NetworkSpec {
  const parsed = networkSpecSchema.safeParse(spec);
  if (!parsed.success)
    fail('networkMalformed', { problem: z.prettifyError(parsed.error).replaceAll('\n', ' ') });
  return parsed.data;
}

/** The layers' names: given ones, else the type with a running number, as Keras numbers them. */
export function layerNames(network: NetworkSpec): string[] {
  const used = new Map<string, number>();
  return network.layers.map((layer) => {
    if (layer.name !== undefined) return layer.name;
    const count = used.get(layer.type) ?? 0;
    used.set(layer.type, count + 1);
    return count === 0 ? layer.type : `${layer.type}_${count}`;
  });
}

/** Bytes that training takes, roughly: weights, gradients and optimizer slots, and activations kept for the backward pass. */
export function estimateTrainingBytes(network: ResolvedNetwork, batchSize: number): number {
  const copiesOfWeights = 5; // weights, gradients, two optimizer slots, the moving average
  const copiesOfActivations = 2; // forward values and their gradients
  return 4 * (copiesOfWeights * network.parameters + copiesOfActivations * batchSize * network.activations);
}

interface Place {
  name: string;
  inputs: readonly string[];
  shapes: ReadonlyMap<string, Shape>;
  offset: number;
}

function resolveLayer(layer: LayerSpec, { name, inputs, shapes, offset }: Place): ResolvedLayer {
  const definition = layerCatalog.get(layer.type);
  if (!definition)
    fail('layerUnknownType', { layer: name, type: layer.type, known: [...layerCatalog.keys()].join(', ') });
  const inputShapes = inputs.map(
    (input) => shapes.get(input) ?? fail('layerUnknownInput', { layer: name, input }),
  );
  if (definition.arity !== 'many' && inputs.length !== 1) {
    fail('layerBadSetting', {
      layer: name,
      setting: 'inputs',
      problem: 'it reads exactly one layer',
      received: inputs.join(', '),
    });
  }
  const config = parseConfig(definition, layer, name);
  try {
    const outputShape = definition.outputShape(config, inputShapes);
    const weights = placeWeights(definition.weights?.(config, inputShapes) ?? [], { name, offset });
    const parameters = weights.reduce((sum, weight) => sum + weight.size, 0);
    const flops = definition.flops?.(config, inputShapes, outputShape) ?? sizeOf(outputShape);
    return { name, definition, config, inputs, inputShapes, outputShape, weights, parameters, flops };
  } catch (error) {
    if (error instanceof LayerRuleError) throw named(error, name);
    throw error;
  }
}

/** The rule's catalog error with the layer's name; the rules' parameters are checked where they are raised. */
function named(error: LayerRuleError, layer: string) {
  return (appError as (key: string, parameters: Record<string, string>) => Error)(error.rule, {
    ...error.parameters,
    layer,
  });
}

function parseConfig(definition: LayerDefinition, layer: LayerSpec, name: string): unknown {
  const common = Object.keys(layerSpecSchema.shape);
  const settings = Object.fromEntries(Object.entries(layer).filter(([key]) => !common.includes(key)));
  const known = settingNames(definition);
  const unknown = Object.keys(settings).find((setting) => !known.includes(setting));
  if (unknown !== undefined)
    fail('layerUnknownSetting', { layer: name, setting: unknown, known: known.join(', ') || '-' });
  const parsed = definition.schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const setting = issue.path.join('.');
  const received = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    settings,
  );
  fail('layerBadSetting', {
    layer: name,
    setting,
    problem: issue.message,
    received: JSON.stringify(received) ?? 'nothing',
  });
}

/** Names of a layer's settings. */
export function settingNames(definition: LayerDefinition): string[] {
  const schema = definition.schema instanceof z.ZodPipe ? definition.schema.in : definition.schema;
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function placeWeights(
  specs: readonly WeightSpec[],
  place: { name: string; offset: number },
): ResolvedWeight[] {
  let offset = place.offset;
  return specs.map((weight) => {
    const size = sizeOf(weight.shape);
    const placed = { ...weight, path: `${place.name}/${weight.name}`, size, offset };
    offset += size;
    return placed;
  });
}

function summarise(inputShape: Shape, layers: readonly ResolvedLayer[]): ResolvedNetwork {
  const weights = layers.flatMap((layer) => layer.weights);
  const total = (value: (layer: ResolvedLayer) => number) =>
    layers.reduce((sum, layer) => sum + value(layer), 0);
  return {
    inputShape,
    outputShape: layers.at(-1)!.outputShape,
    layers,
    weights,
    parameters: total((layer) => layer.parameters),
    trainableParameters: weights
      .filter((weight) => weight.trainable)
      .reduce((sum, weight) => sum + weight.size, 0),
    flops: total((layer) => layer.flops),
    activations: sizeOf(inputShape) + total((layer) => sizeOf(layer.outputShape)),
  };
}

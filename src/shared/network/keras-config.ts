/** Settings of one layer <-> its `config` in the tfjs LayersModel format (Keras's, in snake_case). */
import { fail } from '../errors.ts';
import { layerCatalog } from './layers/index.ts';
import { settingNames, type ResolvedLayer } from './resolve.ts';
import type { LayerDefinition } from './layer.ts';
import type { InitializerId } from './initializers.ts';
import type { LayerSpec } from './spec.ts';

/** A layer as a LayersModel file holds it. */
export interface KerasLayer {
  class_name: string;
  config: Record<string, unknown>;
}

const INITIALIZER_CLASSES: Record<InitializerId, string> = {
  zeros: 'Zeros',
  ones: 'Ones',
  glorotUniform: 'GlorotUniform',
  glorotNormal: 'GlorotNormal',
  heUniform: 'HeUniform',
  heNormal: 'HeNormal',
  lecunUniform: 'LeCunUniform',
  lecunNormal: 'LeCunNormal',
};

/** The layer as Keras writes it. */
export function toKerasLayer(layer: ResolvedLayer): KerasLayer {
  const { definition, config, name } = layer;
  const settings = definition.toKeras?.(config, layer.inputShapes) ?? {
    config: config as Record<string, unknown>,
  };
  const entries = Object.entries(settings.config).map(
    ([key, value]) => [snakeCase(key), toKerasValue(key, value)] as const,
  );
  return {
    class_name: settings.className ?? definition.className,
    config: { ...Object.fromEntries(entries), ...kerasExtras(definition), name, trainable: true },
  };
}

/** The layer's entry in a NetworkSpec; classes and settings that are not ours are refused by name. */
export function fromKerasLayer({ class_name: className, config }: KerasLayer): LayerSpec {
  if (typeof config.name !== 'string')
    fail('modelFileDamaged', { problem: `a layer of class ${className} has no name` });
  const camel = Object.fromEntries(Object.entries(config).map(([key, value]) => [camelCase(key), value]));
  for (const definition of layerCatalog.values()) {
    const settings = readSettings(definition, className, camel);
    if (settings) return { type: definition.type, name: config.name, ...settings };
  }
  fail('modelFileUnsupported', { thing: `the layer ${className}` });
}

function readSettings(definition: LayerDefinition, className: string, config: Record<string, unknown>) {
  const special = definition.fromKeras?.(className, config);
  if (special !== undefined) return special;
  if (className !== definition.className) return undefined;
  for (const [setting, value] of Object.entries(ONLY_VALUES)) {
    const given = config[setting] ?? value;
    if (given !== value)
      fail('modelFileUnsupported', {
        thing: `${snakeCase(setting)} ${JSON.stringify(given)} (${className})`,
      });
  }
  const known = settingNames(definition).filter((key) => config[key] !== undefined && config[key] !== null);
  return Object.fromEntries(known.map((key) => [key, fromKerasValue(key, config[key])]));
}

/** Settings of Keras layers that ours have no choice of. */
const ONLY_VALUES: Record<string, unknown> = { dataFormat: 'channels_last', groups: 1, keepdims: false };

/** What Keras layers carry and ours need not say. */
function kerasExtras(definition: LayerDefinition): Record<string, unknown> {
  return /Conv2D|Pooling2D/.test(definition.className) ? { data_format: 'channels_last' } : {};
}

function toKerasValue(key: string, value: unknown): unknown {
  if (key.endsWith('Initializer'))
    return { class_name: INITIALIZER_CLASSES[value as InitializerId], config: {} };
  if (key.endsWith('Regularizer')) return value === undefined ? null : { class_name: 'L1L2', config: value };
  return value;
}

function fromKerasValue(key: string, value: unknown): unknown {
  if (key.endsWith('Initializer')) return initializerId(value);
  if (key.endsWith('Regularizer')) return regularizer(value);
  if (key === 'activation' && typeof value === 'string') return camelCase(value);
  return value;
}

/** Only matters if the model is trained from scratch again, so one that is not ours becomes Keras's default. */
function initializerId(value: unknown): InitializerId {
  const { class_name: className, config } = value as {
    class_name?: unknown;
    config?: Record<string, unknown>;
  };
  const found = Object.entries(INITIALIZER_CLASSES).find(([, name]) => name === className);
  if (found) return found[0] as InitializerId;
  if (className !== 'VarianceScaling') return 'glorotUniform';
  const family = config?.mode === 'fan_in' ? (config.scale === 2 ? 'he' : 'lecun') : 'glorot';
  return `${family}${config?.distribution === 'uniform' ? 'Uniform' : 'Normal'}`;
}

function regularizer(value: unknown): { l1: unknown; l2: unknown } {
  const { config } = value as { config?: { l1?: unknown; l2?: unknown } };
  return { l1: config?.l1 ?? 0, l2: config?.l2 ?? 0 };
}

const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/(\d)d$/, '$1d');
const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The files of a model's folder: model.json and weights.bin in tfjs's LayersModel format, and card.json. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelCard } from '../../shared/domain/model.ts';
import { fail } from '../../shared/errors.ts';
import { fromLayersModel, toLayersModel } from '../../shared/network/keras-format.ts';
import type { NetworkSpec } from '../../shared/network/spec.ts';

/** What a model computes. */
export interface NetworkWeights {
  network: NetworkSpec;
  /** float32 values, little-endian, in the network's weight order. */
  weights: Uint8Array;
}

export interface ModelFiles {
  files: Record<'model.json' | 'weights.bin' | 'card.json', Uint8Array | string>;
  /** SHA-256 of model.json and weights.bin, hexadecimal. */
  checksum: string;
  /** Size of model.json and weights.bin. */
  bytes: number;
}

/** The content of a new model's folder. */
export function makeModelFiles(card: ModelCard, { network, weights }: NetworkWeights): ModelFiles {
  const layersModel = toLayersModel(network, weights);
  const modelJson = Buffer.from(JSON.stringify(layersModel.modelJson));
  return {
    files: {
      'model.json': modelJson,
      'weights.bin': layersModel.weights,
      'card.json': `${JSON.stringify(card, null, 2)}\n`,
    },
    checksum: checksumOf(modelJson, layersModel.weights),
    bytes: modelJson.length + layersModel.weights.length,
  };
}

/** SHA-256 of both files' bytes, one after the other, hexadecimal. */
export function checksumOf(modelJson: Uint8Array, weights: Uint8Array): string {
  return createHash('sha256').update(modelJson).update(weights).digest('hex');
}

export interface ModelLocation {
  /** For messages. */
  name: string;
  folder: string;
  checksum: string;
}

/** Reads a model, after checking that its files are those that were saved. */
export async function readModelFiles({ name, folder, checksum }: ModelLocation): Promise<NetworkWeights> {
  const read = async (file: string): Promise<Buffer> => {
    try {
      return await readFile(join(folder, file));
    } catch (cause) {
      return fail('modelDamaged', { name, problem: `${file} cannot be read` }, { cause });
    }
  };
  const modelJson = await read('model.json');
  const weights = await read('weights.bin');
  if (checksumOf(modelJson, weights) !== checksum)
    fail('modelDamaged', { name, problem: 'its checksum is not the one it was saved with' });
  return fromLayersModel(JSON.parse(modelJson.toString('utf8')), weights);
}

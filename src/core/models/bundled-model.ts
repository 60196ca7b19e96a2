/** The model that comes with the app. It stays in the app's resources, so that an update of the app updates it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_MODEL, modelCardSchema } from '../../shared/domain/model.ts';
import { checksumOf } from './model-files.ts';
import type { ModelRecord } from './model-store.ts';

/** Folder of the bundled model among the app's resources. */
export const BUNDLED_FOLDER = 'default-model';

/** The bundled model, or null when this copy of the app has none (or not a whole one). */
export function findBundledModel(resources: string): ModelRecord | null {
  const folder = join(resources, BUNDLED_FOLDER);
  try {
    const modelJson = readFileSync(join(folder, 'model.json'));
    const weights = readFileSync(join(folder, 'weights.bin'));
    const card = modelCardSchema.parse(JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')));
    return {
      name: DEFAULT_MODEL,
      folder,
      card: { ...card, name: DEFAULT_MODEL },
      checksum: checksumOf(modelJson, weights),
      bytes: modelJson.length + weights.length,
      builtIn: true,
    };
  } catch {
    // The app works without: whoever asks for the model is told that none is bundled, and so is the doctor.
    return null;
  }
}

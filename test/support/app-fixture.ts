/** A whole app on a data home of its own, with few samples and the fake engine: quick, and able to fail on demand. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createApp, type App, type AppDeps } from '../../src/core/app.ts';
import { encodeStarter } from '../../src/core/datasets/starter-file.ts';
import { forkEngine } from '../../src/core/engine-process.ts';
import { makeModelFiles } from '../../src/core/models/model-files.ts';
import { DIGIT_CLASSES } from '../../src/shared/domain/dataset.ts';
import type { ModelCard } from '../../src/shared/domain/model.ts';
import type { NetworkSpec } from '../../src/shared/network/spec.ts';

const FAKE_ENGINE = resolve(import.meta.dirname, 'fake-engine.ts');

/** The smallest network that reads ten digits: 7,850 parameters. */
export const TINY_NETWORK: NetworkSpec = {
  inputShape: [28, 28, 1],
  layers: [{ type: 'flatten' }, { type: 'dense', units: 10, activation: 'softmax' }],
};
export const TINY_PARAMETERS = 7_850;

/** Weights that are all `value`, as the engine gives them. */
export const tinyWeights = (value: number): Uint8Array =>
  new Uint8Array(new Float32Array(TINY_PARAMETERS).fill(value).buffer);

export function tinyCard(name: string, changes: Partial<ModelCard> = {}): ModelCard {
  return {
    name,
    classes: [...DIGIT_CLASSES],
    recipe: null,
    createdAt: 1,
    parameters: TINY_PARAMETERS,
    seed: null,
    run: null,
    parent: null,
    data: null,
    metrics: {},
    settings: {},
    ...changes,
  };
}

/** Call context of a caller who never cancels. */
export const context = { signal: new AbortController().signal };

export interface AppFixture {
  readonly home: string;
  readonly resources: string;
  /** The app that was opened last. */
  readonly app: App;
  /** Closes the app, if it is open, and opens it again on the same home. */
  reopen(changes?: Partial<AppDeps>): Promise<App>;
  remove(): Promise<void>;
}

/** 40 training and 10 test samples, every digit as often; all pixels of a sample have its label as value. */
function writeStarter(resources: string): void {
  const labels = Uint8Array.from({ length: 50 }, (_, row) => row % 10);
  const splits = Uint8Array.from({ length: 50 }, (_, row) => (row < 40 ? 0 : 1));
  const pixels = Uint8Array.from({ length: 50 * 784 }, (_, i) => labels[Math.floor(i / 784)]!);
  writeFileSync(join(resources, 'starter.bin.gz'), encodeStarter({ pixels, labels, splits }));
}

function writeBundledModel(resources: string): void {
  const folder = join(resources, 'default-model');
  mkdirSync(folder);
  const { files } = makeModelFiles(tinyCard('default'), { network: TINY_NETWORK, weights: tinyWeights(0) });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

/** Opens an app on new folders. */
export async function openAppFixture(): Promise<AppFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'app-'));
  const home = join(folder, 'home');
  const resources = join(folder, 'resources');
  mkdirSync(resources);
  writeStarter(resources);
  writeBundledModel(resources);
  let app: App | null = null;
  const reopen = async (changes: Partial<AppDeps> = {}): Promise<App> => {
    await app?.close();
    app = null;
    app = await createApp({
      home,
      resources,
      spawnEngine: forkEngine(FAKE_ENGINE),
      appVersion: '1.2.3',
      electron: null,
      ...changes,
    });
    return app;
  };
  await reopen();
  return {
    home,
    resources,
    get app() {
      return app!;
    },
    reopen,
    async remove() {
      await app?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

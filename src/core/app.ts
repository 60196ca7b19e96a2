/** The whole app without a shell: a table of contents of what it is made of, and the service behind the contract. */
import { randomUUID } from 'node:crypto';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { appContract, type AppContract, type AppService } from '../shared/contract.ts';
import { createEmitter, type Emitter } from '../shared/rpc/emitter.ts';
import { createAppService } from './app-service.ts';
import { createDatasetStore } from './datasets/dataset-store.ts';
import { ensureStarter } from './datasets/starter.ts';
import { createEngineHost } from './engine-host.ts';
import type { SpawnEngine } from './engine-process.ts';
import { createEvaluator } from './evaluation/evaluator.ts';
import { createDoctor } from './doctor.ts';
import { prepareHome } from './home.ts';
import { createModelLoader } from './models/model-loader.ts';
import { openModelStore } from './models/model-store.ts';
import { createRecognizer } from './recognition/recognizer.ts';
import { createSettingsStore } from './settings-store.ts';
import { databasePath, openDatabase } from './storage/database.ts';
import { createRunStore } from './training/run-store.ts';
import { openTrainingService } from './training/training-service.ts';

/** Training may take this part of the machine's memory; the rest is for the system and the app. */
const TRAINING_MEMORY = 0.75;

export interface AppDeps {
  /** The data home; made if needed. */
  home: string;
  /** Folder with starter.bin.gz and default-model/. */
  resources: string;
  spawnEngine: SpawnEngine;
  appVersion: string;
  /** Version of Electron, or null in the shells without it. */
  electron: string | null;
  /** Milliseconds since 1970, finer than one; by default the system's clock, as it was at the start. */
  now?: () => number;
  /** Twelve or so characters that no other call has given. */
  randomId?: () => string;
}

export interface App {
  service: AppService;
  events: Emitter<AppContract>;
  /** Ends all engines and closes the database. A run that is going on ends as interrupted. */
  close(): Promise<void>;
}

/** Opens the app on its data home. No engine is started before one is needed. */
export async function createApp(deps: AppDeps): Promise<App> {
  const { home, resources, now = steadyNow, randomId = shortId } = deps;
  prepareHome(home);
  const database = databasePath(home);
  const db = openDatabase(database);
  try {
    const starterProblem = tryStarter(() =>
      ensureStarter(db, join(resources, 'starter.bin.gz'), Math.floor(now())),
    );
    const events = createEmitter(appContract);
    const { emit } = events;
    const datasets = createDatasetStore(db);
    const models = await openModelStore({ db, home, resources, randomId });
    const runs = createRunStore(db);
    const settings = createSettingsStore(db);
    const onStateChanged = (state: Parameters<typeof emit<'engineStateChanged'>>[1]) =>
      emit('engineStateChanged', state);
    const engine = createEngineHost({ spawn: deps.spawnEngine, onStateChanged, now });
    const recognizer = createRecognizer({ models, loader: createModelLoader(models), engine, now });
    const evaluate = createEvaluator({ database, datasets, models, engine, now });
    const memoryLimit = totalmem() * TRAINING_MEMORY;
    const training = await openTrainingService({
      database,
      home,
      datasets,
      models,
      runs,
      engine,
      emit,
      now,
      randomId,
      memoryLimit,
    });
    const doctor = createDoctor({ ...deps, db, models, training, engine, starterProblem });
    const service = createAppService({
      deps,
      datasets,
      models,
      settings,
      engine,
      recognizer,
      evaluate,
      training,
      doctor,
      emit,
    });
    return {
      service,
      events,
      async close() {
        await training.close();
        await engine.close();
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Monotonic: what it measures is not disturbed when the system's clock is set. */
const steadyNow = (): number => performance.timeOrigin + performance.now();
const shortId = (): string => randomUUID().replaceAll('-', '').slice(0, 12);

/** The app must start without its starter data; the doctor tells of it. */
function tryStarter(ensure: () => void): unknown {
  try {
    ensure();
    return null;
  } catch (error) {
    return error;
  }
}

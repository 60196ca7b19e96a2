/** What the app runs on and whether it is well. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { DoctorReport } from '../shared/domain/app.ts';
import { DEFAULT_MODEL } from '../shared/domain/model.ts';
import { toAppError } from '../shared/errors.ts';
import type { EngineHost } from './engine-host.ts';
import type { EngineInfo } from './engine/live-engine.ts';
import type { ModelStore } from './models/model-store.ts';
import { databaseProblems, sqliteVersion } from './storage/health.ts';
import type { TrainingService } from './training/training-service.ts';

export interface DoctorOptions {
  home: string;
  resources: string;
  appVersion: string;
  electron: string | null;
  db: DatabaseSync;
  models: ModelStore;
  training: TrainingService;
  engine: EngineHost;
  /** Why the starter data could not be imported, if so. */
  starterProblem: unknown;
}

/** Makes the doctor. Its report starts the engine, since only that proves that it can. */
export function createDoctor(options: DoctorOptions): (signal: AbortSignal) => Promise<DoctorReport> {
  const { db, engine, training, resources, starterProblem } = options;
  return async (signal) => {
    const problems = databaseProblems(db);
    const note = (error: unknown): null => (problems.push(toAppError(error).message), null);
    if (starterProblem) note(starterProblem);
    await checkBundledModel(options.models).catch(note);
    const info: EngineInfo | null = await engine
      .use((_, context) => Promise.resolve(context.engine.info), { signal })
      .catch(note);
    return {
      app: options.appVersion,
      node: process.version,
      electron: options.electron,
      tensorflow: info?.tensorflow ?? null,
      tensorflowSource: nativeSource(resources),
      threads: info?.threads ?? 0,
      home: options.home,
      sqlite: sqliteVersion(db),
      resumable: training.resumable(),
      healthy: problems.length === 0,
      problems,
    };
  };
}

async function checkBundledModel(models: ModelStore): Promise<void> {
  await models.load(models.find(DEFAULT_MODEL));
}

/** Where set-up took the native library from: it leaves a note beside the packages. Null in a packaged app. */
function nativeSource(resources: string): string | null {
  try {
    const note = readFileSync(join(resources, '../node_modules/.digit-studio-native.json'), 'utf8');
    return String((JSON.parse(note) as { source: unknown }).source);
  } catch {
    return null;
  }
}

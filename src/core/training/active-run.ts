/** One run from its data to its model. Whatever happens, it ends with a status and, if an epoch was completed, a model. */
import { stratifiedSplit } from '../../shared/domain/splits.ts';
import type { EpochMetrics, TrainingProgress } from '../../shared/domain/training.ts';
import type { TrainJob, TrainOutcome } from '../../shared/engine-contract.ts';
import { appError, toAppError, type AppError } from '../../shared/errors.ts';
import type { DatasetStore } from '../datasets/dataset-store.ts';
import { writePack } from '../datasets/write-pack.ts';
import type { LiveEngine } from '../engine/live-engine.ts';
import type { EngineHost } from '../engine-host.ts';
import { createEpochRecorder, type EpochRecorder } from './epoch-recorder.ts';
import type { ModelKeeper } from './keep-model.ts';
import type { RunFiles } from './run-files.ts';
import type { NewRun, RunChanges, RunStore } from './run-store.ts';

/** A stop is heard between two steps; whoever takes longer than this is not going to hear it. */
const STOP_GRACE_MS = 5_000;

export interface ActiveRunOptions {
  /** The database file. */
  database: string;
  datasets: DatasetStore;
  runs: RunStore;
  keeper: ModelKeeper;
  engine: EngineHost;
  files: RunFiles;
  /** Milliseconds since 1970. */
  now: () => number;
  stopGraceMs?: number | undefined;
  onProgress: (progress: TrainingProgress) => void;
  onEpoch: (metrics: EpochMetrics) => void;
  onChanged: () => void;
}

export interface ActiveRun {
  readonly id: string;
  readonly name: string;
  /** Resolves when the run has ended and all is stored; never rejects. */
  readonly done: Promise<void>;
  /** Ends the run after the step that it is in. */
  stop(): void;
  /** Ends the run at once, as interrupted: the app is closing. */
  interrupt(): void;
}

/** Starts the run that `run` describes; its row is in the store and its folder is made. */
export function startRun(run: NewRun, options: ActiveRunOptions): ActiveRun {
  const { runs, engine, keeper, files, now } = options;
  const stopping = new AbortController();
  const interrupting = new AbortController();
  let job: LiveEngine | null = null;

  const elapsed = (): number => (now() - run.startedAt) / 1000;

  function change(changes: RunChanges): void {
    runs.update(run.id, { ...changes, seconds: elapsed() });
    options.onChanged();
  }

  async function perform(): Promise<void> {
    const recorder = createRecorder();
    try {
      const prepared = await prepare();
      const outcome = await train(prepared, recorder);
      await recorder.settled();
      await finish(outcome);
    } catch (error) {
      await recorder.settled().catch(() => undefined);
      await salvage(toAppError(error));
    } finally {
      job?.kill();
      // What cannot be removed only takes space: it must not hide how the run ended.
      await files.tidyUp().catch(() => undefined);
    }
  }

  function createRecorder(): EpochRecorder {
    return createEpochRecorder({
      run: run.id,
      files,
      store: runs,
      elapsed,
      onStored(metrics) {
        options.onEpoch(metrics);
        options.onChanged();
      },
      // What cannot be kept need not be computed.
      onError: () => job?.kill(),
    });
  }

  async function prepare(): Promise<TrainJob> {
    const dataset = options.datasets.find(run.dataset);
    const source = { database: options.database, dataset, split: 'train' } as const;
    const { pack, labels, fingerprint } = await writePack(source, files.packPath, stopping.signal);
    const { rest, held } = stratifiedSplit(labels, run.validationSplit, run.config.seed);
    change({ fingerprint });
    return { run: run.id, config: run.config, data: pack, trainRows: rest, validationRows: held };
  }

  async function train(prepared: TrainJob, recorder: EpochRecorder): Promise<TrainOutcome> {
    job = await engine.startJob(stopping.signal);
    job.client.on('trainingProgressed', options.onProgress);
    job.client.on('epochCompleted', recorder.add);
    change({ status: 'training' });
    try {
      return await job.call((client, signal) => client.train(prepared, { signal }));
    } catch (error) {
      // An engine that was killed because nothing can be stored did not crash: the storage error is what counts.
      await recorder.settled();
      throw error;
    }
  }

  async function finish(outcome: TrainOutcome): Promise<void> {
    const { bestEpoch, imagesPerSecond, peakRssBytes } = outcome;
    runs.update(run.id, { bestEpoch, imagesPerSecond, peakRssBytes });
    const model = await keeper.keep(run.id, outcome.weights);
    change({ model, status: outcome.reason === 'stopped' ? 'stopped' : 'finished' });
  }

  /** Keeps what there is of a run that did not end by itself. */
  async function salvage(error: AppError): Promise<void> {
    const weights = await files.readBestWeights();
    const model = weights && (await keeper.keep(run.id, weights));
    if (interrupting.signal.aborted) {
      const epochs = runs.get(run.id).epochsDone;
      change({ model, status: 'failed', error: appError('runInterrupted', { epochs }) });
    } else if (stopping.signal.aborted) change({ model, status: 'stopped' });
    else change({ model, status: 'failed', error: explain(error, model) });
  }

  function explain(error: AppError, model: string | null): AppError {
    if (error.key !== 'engineCrashed' && error.key !== 'engineHung') return error;
    const problem = error.message;
    if (model === null) return appError('trainingCrashed', { problem }, { cause: error });
    const epoch = runs.get(run.id).epochsDone;
    return appError('trainingCrashedKept', { epoch, problem, model }, { cause: error });
  }

  /** Salvaging failed too (a full disk, say): the status is the last thing that can still be told. */
  function giveUp(error: unknown): void {
    change({ status: 'failed', error: toAppError(error) });
  }

  function stop(): void {
    if (stopping.signal.aborted) return;
    change({ status: 'stopping' });
    stopping.abort();
    if (!job) return;
    const { kill, call } = job;
    // An engine that ends meanwhile has been heard of through the training call.
    call((client) => client.stopTraining()).catch(() => undefined);
    const timer = setTimeout(kill, options.stopGraceMs ?? STOP_GRACE_MS);
    void job.ended.then(() => clearTimeout(timer));
  }

  const done = perform().catch(giveUp);
  return {
    id: run.id,
    name: run.name,
    done,
    stop,
    interrupt() {
      interrupting.abort();
      stopping.abort();
      job?.kill();
    },
  };
}

/** The app's own training job, run in this process on a pack. */
import type { EpochMetrics, TrainingConfig } from '../../src/shared/domain/training.ts';
import type { DataPack, TrainOutcome } from '../../src/shared/engine-contract.ts';
import { train } from '../../src/engine/training/trainer.ts';

/** Trains on all of `data` without validation; `onEpoch` is called after each epoch. */
export function runTraining(
  data: DataPack,
  config: TrainingConfig,
  onEpoch: (metrics: EpochMetrics) => void,
): Promise<TrainOutcome> {
  const job = {
    run: 'bench',
    config,
    data,
    trainRows: Uint32Array.from({ length: data.count }, (_, row) => row),
    validationRows: new Uint32Array(),
  };
  return train(job, {
    now: () => performance.now(),
    isStopped: () => false,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onEpoch: ({ metrics }) => onEpoch(metrics),
  });
}

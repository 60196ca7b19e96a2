/** Starts a training run and stays with it until it ends. */
import type { AppClient } from '../shared/contract.ts';
import type { RunDetail, RunSummary, TrainingRequest } from '../shared/domain/training.ts';
import { AppError, fromWireError, type ErrorCode } from '../shared/errors.ts';
import type { CommandContext } from './command.ts';
import { epochLine, progressLine } from './progress.ts';

/**
 * Trains, showing progress; the first Ctrl+C stops the run in good order, the second ends the program. Gives the run as
 * it ended, finished or stopped; throws what made it fail.
 */
export async function followRun(
  client: AppClient,
  { terminal, onInterrupt }: CommandContext,
  request: TrainingRequest,
): Promise<RunDetail> {
  const ending = Promise.withResolvers<RunSummary>();
  // A run can end before the answer that names it has arrived; there is only one run in this process.
  const unsubscribes = [
    client.on('trainingProgressed', (progress) => terminal.bar(progressLine(progress))),
    client.on('epochCompleted', ({ metrics }) => terminal.note(epochLine(metrics, request.epochs))),
    client.on('runChanged', (run) => hasEnded(run) && ending.resolve(run)),
  ];
  const started = client.startTraining(request);
  const stop = async () => {
    const { run } = await started;
    await client.stopTraining({ run });
  };
  const stopListening = onInterrupt(() => {
    stopListening();
    terminal.note('Stopping; press Ctrl+C again to give up the run.');
    stop().catch(ending.reject);
  });
  try {
    const [{ run }, { status, error }] = await Promise.all([started, ending.promise]);
    if (status === 'failed') throw failureOf(error);
    return await client.getRun({ run });
  } finally {
    stopListening();
    for (const unsubscribe of unsubscribes) unsubscribe();
  }
}

function hasEnded({ status }: RunSummary): boolean {
  return status === 'finished' || status === 'stopped' || status === 'failed';
}

function failureOf(error: RunSummary['error']): AppError {
  if (!error) return new AppError('internal', 'The run failed without saying why.');
  return fromWireError({ ...error, code: error.code as ErrorCode });
}

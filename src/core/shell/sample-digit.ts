/** A digit that every shell reads once after its start, to prove that recognition works from end to end. */
import { errorMessage, toAppError } from '../../shared/errors.ts';
import type { AppService } from '../../shared/contract.ts';
import type { Ink } from '../../shared/domain/ink.ts';
import type { ShellEvent } from './announce.ts';

/** A handwritten 7, `[x, y]`: the bar from left to right, then down. */
export const SAMPLE_DIGIT: Ink = {
  strokes: [
    [
      [20, 22],
      [35, 20],
      [50, 20],
      [65, 19],
      [79, 20],
      [74, 34],
      [67, 49],
      [60, 64],
      [53, 80],
      [47, 96],
    ],
  ],
};

/**
 * Reads the sample digit; gives the event to announce, also when it could not be read. The first reading starts the engine and
 * loads the model; the second is what every later one takes, and the one that is told.
 */
export async function readSampleDigit(service: AppService, signal: AbortSignal): Promise<ShellEvent> {
  const ink = {
    strokes: SAMPLE_DIGIT.strokes.map((stroke) => stroke.map(([x, y]): [number, number] => [x, y])),
  };
  try {
    await service.recognizeInk({ ink }, { signal });
    const { text, milliseconds } = await service.recognizeInk({ ink }, { signal });
    return { event: 'recognizedSample', text, milliseconds };
  } catch (error) {
    return { event: 'failed', message: errorMessage(toAppError(error), 'en') };
  }
}

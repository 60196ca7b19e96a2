import type { EngineState } from '../../../shared/domain/app.ts';
import type { Messages } from '../../../shared/i18n/catalog.ts';
import type { Reading } from './reading.svelte.ts';

interface Circumstances {
  isConnected: boolean;
  engine: EngineState;
  /** The reading's own error in the language of the moment. */
  errorText(error: unknown): string;
}

/** Why a drawing is not being read, said as the person can understand it; undefined while all is well. */
export function readingProblem(
  reading: Reading,
  { isConnected, engine, errorText }: Circumstances,
  texts: Messages['draw'],
): string | undefined {
  if (reading.kind === 'nothing') return undefined;
  if (!isConnected) return texts.connectionLost;
  switch (engine.kind) {
    case 'starting':
      return texts.engineStarting;
    case 'restarting':
      return texts.waitingForEngine;
    case 'failed':
      return texts.engineFailed;
    case 'ready':
      return reading.kind === 'failed' ? errorText(reading.error) : undefined;
  }
}

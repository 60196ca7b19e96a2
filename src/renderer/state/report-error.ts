import { toAppError } from '../../shared/errors.ts';
import type { Toaster } from './toaster.svelte.ts';
import type { Translation } from './translation.svelte.ts';

/** Tells the user about a failure, once and in their language; what they cancelled themselves is no news. */
export type ReportError = (error: unknown) => void;

/** The one place where errors of the UI end. */
export function createErrorReporter(toaster: Toaster, translation: Translation): ReportError {
  return (error) => {
    const known = toAppError(error);
    if (known.code === 'cancelled') return;
    if (known.code === 'internal') console.error(error);
    toaster.show('negative', translation.errorText(known));
  };
}

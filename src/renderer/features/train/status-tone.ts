import type { RunStatus } from '../../../shared/domain/training.ts';

/** The colour family of a run's status. */
export function statusTone(status: RunStatus): 'positive' | 'negative' | 'neutral' | 'accent' {
  switch (status) {
    case 'finished':
      return 'positive';
    case 'failed':
      return 'negative';
    case 'stopped':
      return 'neutral';
    case 'preparing':
    case 'training':
    case 'stopping':
      return 'accent';
  }
}

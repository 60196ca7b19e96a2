import type { EngineState } from '../../shared/domain/app.ts';
import type { Messages } from '../../shared/i18n/catalog.ts';

export interface EngineLook {
  tone: 'positive' | 'caution' | 'negative';
  label: string;
  detail: string | undefined;
  busy: boolean;
}

/** How the engine's state is shown. */
export function engineLook(state: EngineState, texts: Messages['shell']['engine']): EngineLook {
  switch (state.kind) {
    case 'ready': {
      const detail = texts.details(state.tensorflow, state.threads);
      return { tone: 'positive', label: texts.ready, detail, busy: false };
    }
    case 'starting':
      return { tone: 'caution', label: texts.starting, detail: undefined, busy: true };
    case 'restarting':
      return { tone: 'caution', label: texts.restarting, detail: state.reason, busy: true };
    case 'failed':
      return { tone: 'negative', label: texts.failed, detail: state.reason, busy: false };
  }
}

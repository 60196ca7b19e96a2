/** Learning rate over a run: the catalog of schedules, as functions of the step. */
import type { ScheduleSpec } from './training.ts';

export interface ScheduleContext {
  /** The learning rate that the schedule scales. */
  learningRate: number;
  stepsPerEpoch: number;
  epochs: number;
}

/** Learning rate of `step` (from 0). `reduceOnPlateau` depends on results, not steps: see `trackPlateau`. */
export function scheduledLearningRate(
  schedule: ScheduleSpec,
  step: number,
  context: ScheduleContext,
): number {
  return context.learningRate * scale(schedule, step, context);
}

function scale(schedule: ScheduleSpec, step: number, { stepsPerEpoch, epochs }: ScheduleContext): number {
  const epoch = step / stepsPerEpoch;
  switch (schedule.type) {
    case 'constant':
    case 'reduceOnPlateau':
      return 1;
    case 'step':
      return schedule.factor ** Math.floor(Math.floor(epoch) / schedule.everyEpochs);
    case 'exponential':
      return schedule.decayPerEpoch ** epoch;
    case 'cosine': {
      if (epoch < schedule.warmupEpochs) return fraction(step + 1, schedule.warmupEpochs * stepsPerEpoch);
      const progress = fraction(epoch - schedule.warmupEpochs, epochs - schedule.warmupEpochs);
      return schedule.finalFraction + (1 - schedule.finalFraction) * halfCosine(progress);
    }
    case 'oneCycle': {
      const progress = fraction(step, epochs * stepsPerEpoch);
      const { warmupFraction, initialDivisor, finalDivisor } = schedule;
      const start = 1 / initialDivisor;
      if (progress < warmupFraction) return 1 - (1 - start) * halfCosine(progress / warmupFraction);
      const end = start / finalDivisor;
      return end + (1 - end) * halfCosine((progress - warmupFraction) / (1 - warmupFraction));
    }
  }
}

/** 1 at 0, 0 at 1, flat at both ends (Loshchilov & Hutter 2017). */
const halfCosine = (progress: number): number => (1 + Math.cos(Math.PI * progress)) / 2;

const fraction = (part: number, whole: number): number =>
  whole <= 0 ? 1 : Math.min(1, Math.max(0, part / whole));

export interface PlateauState {
  scale: number;
  best: number | null;
  /** Epochs since the best. */
  wait: number;
}
export const INITIAL_PLATEAU: PlateauState = { scale: 1, best: null, wait: 0 };

/** Keras's ReduceLROnPlateau: after `patience` epochs without a loss lower by `minDelta`, the rate is multiplied by `factor`. */
export function trackPlateau(
  schedule: ScheduleSpec,
  state: PlateauState,
  { loss, learningRate }: { loss: number; learningRate: number },
): PlateauState {
  if (schedule.type !== 'reduceOnPlateau') return state;
  if (state.best === null || loss < state.best - schedule.minDelta) return { ...state, best: loss, wait: 0 };
  if (state.wait + 1 < schedule.patience) return { ...state, wait: state.wait + 1 };
  const lowest = Math.min(state.scale, schedule.minLearningRate / learningRate);
  return { ...state, wait: 0, scale: Math.max(state.scale * schedule.factor, lowest) };
}

/** Keras 3's optimizers written out for one weight (keras/src/optimizers, `update_step`), in double precision. */

/** One step: the weight's new value from its old one, its gradient, and the number of the step from 1. */
export type Update = (weight: number, gradient: number, step: number) => number;

interface Settings {
  rate: number;
  momentum?: number;
  nesterov?: boolean;
  rho?: number;
  epsilon?: number;
  initialAccumulatorValue?: number;
  beta1?: number;
  beta2?: number;
  amsgrad?: boolean;
  weightDecay?: number;
}

const sgd = ({ rate, momentum = 0, nesterov = false }: Settings): Update => {
  let m = 0;
  return (w, g) => {
    if (momentum === 0) return w - rate * g;
    m = momentum * m - rate * g;
    return nesterov ? w + momentum * m - rate * g : w + m;
  };
};

const rmsprop = ({ rate, rho = 0.9, momentum = 0, epsilon = 1e-7 }: Settings): Update => {
  let [velocity, m] = [0, 0];
  return (w, g) => {
    velocity = rho * velocity + (1 - rho) * g * g;
    const increment = (rate * g) / Math.sqrt(velocity + epsilon);
    m = momentum * m + increment;
    return w - m;
  };
};

const adagrad = ({ rate, initialAccumulatorValue = 0.1, epsilon = 1e-7 }: Settings): Update => {
  let accumulator = initialAccumulatorValue;
  return (w, g) => {
    accumulator += g * g;
    return w - (rate * g) / Math.sqrt(accumulator + epsilon);
  };
};

const adam = ({ rate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, amsgrad = false }: Settings): Update => {
  let [m, v, vhat] = [0, 0, 0];
  return (w, g, step) => {
    m += (g - m) * (1 - beta1);
    v += (g * g - v) * (1 - beta2);
    vhat = Math.max(vhat, v);
    const alpha = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    return w - (alpha * m) / (Math.sqrt(amsgrad ? vhat : v) + epsilon);
  };
};

const adamw = ({ weightDecay = 0.004, ...settings }: Settings): Update => {
  const update = adam(settings);
  return (w, g, step) => update(w - w * settings.rate * weightDecay, g, step);
};

/** A fresh optimizer for one weight, by its id. */
export const referenceOptimizers: Record<string, (settings: Settings) => Update> = {
  sgd,
  rmsprop,
  adagrad,
  adam,
  adamw,
};

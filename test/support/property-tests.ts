/**
 * Property tests draw the same cases at every run, so that a red run is about the change and can be repeated. Set
 * DIGIT_STUDIO_PROPERTY_SEED to try others.
 */
import fc from 'fast-check';

const DEFAULT_SEED = 20261123;

fc.configureGlobal({ seed: Number(process.env.DIGIT_STUDIO_PROPERTY_SEED ?? DEFAULT_SEED) });

/** Reads drawings and pictures with a model. */
import type { Box, Ink } from '../../shared/domain/ink.ts';
import type { DigitImage } from '../../shared/domain/image.ts';
import type { Recognition, RecognizedDigit } from '../../shared/domain/recognition.ts';
import { inkBounds } from '../../shared/ink/bounds.ts';
import { normalizePictureInk } from '../../shared/ink/normalize-picture.ts';
import { findPictureInk } from '../../shared/ink/picture-ink.ts';
import { rasterize } from '../../shared/ink/rasterize.ts';
import type { EngineHost } from '../engine-host.ts';
import type { ModelLoader } from '../models/model-loader.ts';
import type { ModelRecord, ModelStore } from '../models/model-store.ts';
import { decodePicture } from './pictures.ts';

/** One digit's image and where it was found, in the unit of the input. */
interface FoundDigit {
  image: DigitImage;
  box: Box;
}

export interface RecognitionContext {
  /** Name of the model. */
  model: string;
  signal: AbortSignal;
}

export interface Recognizer {
  recognizeInk(ink: Ink, context: RecognitionContext): Promise<Recognition>;
  /** `name` is for messages. */
  recognizePicture(
    picture: { bytes: Uint8Array; name: string },
    context: RecognitionContext,
  ): Promise<Recognition>;
}

export interface RecognizerOptions {
  models: ModelStore;
  loader: ModelLoader;
  engine: EngineHost;
  /** Milliseconds, finer than one. */
  now: () => number;
}

/** Makes the recognizer. A drawing or picture is one digit; nothing drawn gives no digits. */
export function createRecognizer({ models, loader, engine, now }: RecognizerOptions): Recognizer {
  async function read(find: () => FoundDigit | null, context: RecognitionContext): Promise<Recognition> {
    const startedAt = now();
    const model = models.find(context.model);
    const found = find();
    const digits = found ? [await classify(found, model, context.signal)] : [];
    return {
      text: digits.map(({ label }) => label).join(''),
      digits,
      model: model.name,
      milliseconds: now() - startedAt,
    };
  }

  async function classify(
    found: FoundDigit,
    model: ModelRecord,
    signal: AbortSignal,
  ): Promise<RecognizedDigit> {
    const { probabilities } = await engine.use(
      async (client, context) => {
        const key = await loader.ensureLoaded(context.engine, model);
        return client.predict({ model: key, images: found.image }, { signal: context.signal });
      },
      { signal },
    );
    return toDigit(found, model.card.classes, probabilities);
  }

  return {
    recognizeInk: (ink, context) => read(() => findInk(ink), context),
    recognizePicture: ({ bytes, name }, context) => read(() => findPicture(bytes, name), context),
  };
}

function findInk({ strokes }: Ink): FoundDigit | null {
  const image = rasterize(strokes);
  const box = inkBounds(strokes);
  return image && box && { image, box };
}

function findPicture(bytes: Uint8Array, name: string): FoundDigit | null {
  const ink = findPictureInk(decodePicture(bytes, name));
  const image = ink && normalizePictureInk(ink, ink.box);
  return ink && image && { image, box: ink.box };
}

function toDigit(
  { image, box }: FoundDigit,
  classes: readonly string[],
  probabilities: Float32Array,
): RecognizedDigit {
  const alternatives = classes
    .map((label, position) => ({ label, probability: probabilities[position] ?? 0 }))
    .sort((a, b) => b.probability - a.probability);
  return { ...alternatives[0]!, box, alternatives, image };
}

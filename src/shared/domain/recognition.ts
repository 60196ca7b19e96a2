/** What reading a drawing or a picture gives. */
import { z } from 'zod';
import { uint8Schema } from './bytes.ts';
import { boxSchema, inkSchema } from './ink.ts';
import { digitImageSchema } from './image.ts';
import { nameSchema } from './names.ts';

export const alternativeSchema = z.object({ label: z.string(), probability: z.number() });

export const recognizedDigitSchema = z.object({
  label: z.string(),
  /** 0..1 */
  probability: z.number(),
  /** Where it is, in the unit of the input (ink unit or picture pixel). */
  box: boxSchema,
  /** Every class, most probable first. */
  alternatives: z.array(alternativeSchema),
  /** What the network saw. */
  image: digitImageSchema,
});
export type RecognizedDigit = z.infer<typeof recognizedDigitSchema>;

export const recognitionSchema = z.object({
  /** The digits read as text, in reading order; empty when there was nothing to read. */
  text: z.string(),
  digits: z.array(recognizedDigitSchema),
  model: z.string(),
  /** Time in core and engine, from request to answer. */
  milliseconds: z.number(),
});
export type Recognition = z.infer<typeof recognitionSchema>;

export const recognizeInkInputSchema = z.object({ ink: inkSchema, model: nameSchema.optional() });
/** The bytes of a PNG, JPEG, BMP or GIF file; `name` only for messages. */
export const recognizePictureInputSchema = z.object({
  bytes: uint8Schema,
  name: z.string(),
  model: nameSchema.optional(),
});

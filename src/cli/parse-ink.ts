/** Ink files: {"strokes":[[[x,y,pressure?,time?],...],...]}, y pointing down. */
import type { z } from 'zod';
import { inkSchema } from '../shared/domain/ink.ts';
import { fail } from '../shared/errors.ts';
import { problemOf } from '../shared/rpc/problem.ts';
import { parseJson } from './read-file.ts';

const EXAMPLE = '{"strokes":[[[x,y],[x,y]]]}';

/** The ink that `bytes`, the content of `file`, spell out. */
export function parseInk(bytes: Uint8Array, file: string): z.infer<typeof inkSchema> {
  const parsed = inkSchema.safeParse(parseJson(bytes, file));
  if (parsed.success) return parsed.data;
  return fail('inkMalformed', { file, example: EXAMPLE, problem: problemOf(parsed.error) });
}

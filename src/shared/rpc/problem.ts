/** What a failed validation says to a person. */
import type { z } from 'zod';

/** The first thing that is wrong, with the field it is about: `ink.strokes.0: expected array, received string`. */
export function problemOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'it does not have the expected form';
  const said = issue.message.replace(/^Invalid input: /, '');
  return issue.path.length === 0 ? said : `${issue.path.map(String).join('.')}: ${said}`;
}

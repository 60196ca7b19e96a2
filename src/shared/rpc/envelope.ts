/** Every message that crosses a link, by name. */
import { z } from 'zod';
import { appError, type AppError, type WireError } from '../errors.ts';
import { problemOf } from './problem.ts';

const id = z.int().min(0);

/** Asks for a call; the id is the caller's and comes back with the answer. */
const callMessage = z.object({ type: z.literal('call'), id, call: z.string(), input: z.unknown() });
/** The caller no longer wants the answer. */
const cancelMessage = z.object({ type: z.literal('cancel'), id });

export const callerMessageSchema = z.discriminatedUnion('type', [callMessage, cancelMessage]);
export type CallerMessage = z.infer<typeof callerMessageSchema>;
export type CallMessage = z.infer<typeof callMessage>;

/** Only the shape: the code is one of ours, because both sides are the same version of the same app. */
const wireErrorSchema = z.custom<WireError>(
  (error) => z.object({ code: z.string(), message: z.string() }).safeParse(error).success,
);
const resultMessage = z.object({ type: z.literal('result'), id, output: z.unknown() });
/** `id` is null when the message at fault was too broken to have one. */
const errorMessage = z.object({ type: z.literal('error'), id: id.nullable(), error: wireErrorSchema });
const eventMessage = z.object({ type: z.literal('event'), event: z.string(), payload: z.unknown() });

export const answererMessageSchema = z.discriminatedUnion('type', [
  resultMessage,
  errorMessage,
  eventMessage,
]);
export type AnswererMessage = z.infer<typeof answererMessageSchema>;

/** What a link hands on in place of a message that it could not decode, so that the reader can say so. */
export class UnreadableMessage {
  readonly problem: string;

  constructor(problem: string) {
    this.problem = problem;
  }
}

/** A message read from a link, or why it could not be read and, if that much was legible, which call it was about. */
export type Reading<Message> = { message: Message } | { error: AppError; id: number | null };

/** Reads what a caller sent. */
export function readCallerMessage(raw: unknown): Reading<CallerMessage> {
  return read(callerMessageSchema, raw);
}

/** Reads what the answering side sent. */
export function readAnswererMessage(raw: unknown): Reading<AnswererMessage> {
  return read(answererMessageSchema, raw);
}

function read<Message>(schema: z.ZodType<Message>, raw: unknown): Reading<Message> {
  if (raw instanceof UnreadableMessage)
    return { error: appError('badMessage', { problem: raw.problem }), id: null };
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { message: parsed.data };
  const about = z.object({ id }).safeParse(raw);
  return {
    error: appError('badMessage', { problem: problemOf(parsed.error) }),
    id: about.success ? about.data.id : null,
  };
}

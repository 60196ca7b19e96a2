/** What a contract is: named calls and events, each with its validators, from which every type is derived. */
import type { z } from 'zod';

/** One call: a single argument in, a single result out. */
export interface CallDeclaration<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

/** Every call and event that one side offers the other. */
export interface Contract {
  readonly calls: Readonly<Record<string, CallDeclaration>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export type CallName<C extends Contract> = keyof C['calls'] & string;
export type EventName<C extends Contract> = keyof C['events'] & string;
export type CallInput<C extends Contract, K extends CallName<C>> = z.input<C['calls'][K]['input']>;
export type CallOutput<C extends Contract, K extends CallName<C>> = z.output<C['calls'][K]['output']>;
export type EventPayload<C extends Contract, E extends EventName<C>> = z.output<C['events'][E]>;

/** What a caller may say beside the argument. Aborting the signal cancels the call on the other side. */
export interface CallOptions {
  signal?: AbortSignal;
}

/** What a handler learns beside the argument. The signal aborts when the caller cancels or its link closes. */
export interface CallContext {
  signal: AbortSignal;
}

type CallArguments<Input> = [undefined] extends [Input]
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions];

/** The caller's side: one typed method per call, and `on` for events, which returns its unsubscribe. */
export type Client<C extends Contract> = {
  readonly [K in CallName<C>]: (...args: CallArguments<CallInput<C, K>>) => Promise<CallOutput<C, K>>;
} & {
  on<E extends EventName<C>>(event: E, listener: (payload: EventPayload<C, E>) => void): () => void;
};

/** The answering side: one handler per call, given the validated argument. */
export type Service<C extends Contract> = {
  readonly [K in CallName<C>]: (
    input: z.output<C['calls'][K]['input']>,
    context: CallContext,
  ) => Promise<z.input<C['calls'][K]['output']>> | z.input<C['calls'][K]['output']>;
};

/** Sends an event of the contract to everyone who listens. */
export type Emit<C extends Contract> = <E extends EventName<C>>(
  event: E,
  payload: EventPayload<C, E>,
) => void;

/** Declares one call: the validator of its argument and of its result. */
export function call<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): CallDeclaration<Input, Output> {
  return { input, output };
}

/** Declares a contract; only there to keep the literal types. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

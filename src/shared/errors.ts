/** The one error of the app, how it is raised, how it crosses a link, and how it reads in each language. */
import { errorCatalog, type ErrorCode, type ErrorKey, type ErrorParameters } from './error-catalog.ts';

export type { ErrorCode, ErrorKey } from './error-catalog.ts';

export interface AppErrorOptions {
  cause?: unknown;
  /** The catalog entry and its parameters: what lets the UI say it in its own language. */
  key?: string;
  parameters?: Record<string, string | number>;
}

/** A failure a caller can act on (`code`) and a person can read (`message`, English). */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly key: string | undefined;
  readonly parameters: Record<string, string | number>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.key = options.key;
    this.parameters = options.parameters ?? {};
  }
}

/** The wire form of an error: plain data that any link can carry. */
export interface WireError {
  code: ErrorCode;
  message: string;
  key?: string | undefined;
  parameters?: Record<string, string | number> | undefined;
  /** Only in development. */
  stack?: string | undefined;
}

type FailArguments<Key extends ErrorKey> = keyof ErrorParameters<Key> extends never
  ? [parameters?: Record<string, never>, options?: { cause?: unknown }]
  : [parameters: ErrorParameters<Key>, options?: { cause?: unknown }];

/** Makes (does not throw) the catalog's error `key`, filled with `parameters`. */
export function appError<Key extends ErrorKey>(key: Key, ...args: FailArguments<Key>): AppError {
  const [parameters = {}, options] = args;
  const values: Record<string, string | number> = { ...parameters };
  return new AppError(errorCatalog[key].code, fillTemplate(errorCatalog[key].en, values), {
    key,
    parameters: values,
    cause: options?.cause,
  });
}

/** Throws the catalog's error `key`, filled with `parameters`. */
export function fail<Key extends ErrorKey>(key: Key, ...args: FailArguments<Key>): never {
  throw appError(key, ...args);
}

/** Any thrown value as an AppError; one that is none becomes `internal` and keeps its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.name === 'AbortError')
    return appError('cancelled', {}, { cause: error });
  const problem = error instanceof Error ? error.message : String(error);
  return appError('internal', { problem }, { cause: error });
}

export function toWireError(error: unknown, includeStack = false): WireError {
  const { code, message, key, parameters, stack } = toAppError(error);
  return { code, message, key, parameters, ...(includeStack ? { stack } : {}) };
}

export function fromWireError(wire: WireError): AppError {
  return new AppError(wire.code, wire.message, { key: wire.key, parameters: wire.parameters });
}

/** The error's message in `language`; falls back to its English text. */
export function errorMessage(error: AppError, language: 'en' | 'zh-CN'): string {
  const entry =
    error.key !== undefined && Object.hasOwn(errorCatalog, error.key)
      ? errorCatalog[error.key as ErrorKey]
      : undefined;
  return entry ? fillTemplate(entry[language], error.parameters) : error.message;
}

/** Replaces each `{name}` by its parameter; an unknown name stays as it is. */
export function fillTemplate(template: string, parameters: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(parameters, name) ? String(parameters[name]) : whole,
  );
}

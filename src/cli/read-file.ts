/** Reads files that a person named, with errors that a person understands. */
import { readFile } from 'node:fs/promises';
import { appError, fail } from '../shared/errors.ts';

/** The content of `file`. */
export async function readNamedFile(file: string): Promise<Uint8Array> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(file);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') fail('fileNotFound', { file }, { cause });
    if (code === 'EISDIR') fail('fileIsFolder', { file }, { cause });
    throw appError('fileUnreadable', { file, problem: problemOf(cause) }, { cause });
  }
}

/** The JSON value that `bytes`, the content of `file`, spell out. */
export function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw appError('fileNotJson', { file, problem: problemOf(cause) }, { cause });
  }
}

/** One line: some messages quote the file's own lines. */
function problemOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
}

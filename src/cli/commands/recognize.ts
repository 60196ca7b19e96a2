/** recognize: what files of digits say. */
import type { AppClient } from '../../shared/contract.ts';
import type { Recognition } from '../../shared/domain/recognition.ts';
import { fail, toAppError } from '../../shared/errors.ts';
import { defineCommand } from '../command.ts';
import { parseInk } from '../parse-ink.ts';
import { readNamedFile } from '../read-file.ts';
import { formatPercent } from '../table.ts';
import type { Terminal } from '../terminal.ts';

export const recognize = defineCommand({
  name: 'recognize',
  summary: 'Reads the digits in pictures (PNG, JPEG, BMP, GIF) and ink files (JSON)',
  positionals: ['FILE...'],
  options: { model: { kind: 'text', value: 'NAME', help: 'The model that reads; else the active one' } },
  async run({ client, terminal }, { positionals: files, options: { model } }) {
    const recognizer = await client();
    const results: FileResult[] = [];
    for (const file of files)
      results.push(await recognizeFile({ client: recognizer, terminal, model }, file));
    terminal.result({ results: results.map(({ entry }) => entry) }, describeResults(results));
    // In JSON the errors are in the document; for people they stand beside it.
    if (!terminal.isJson) for (const { entry } of results) if ('error' in entry) terminal.warn(entry.error);
    return results.every(({ entry }) => 'error' in entry) ? 2 : 0;
  },
});

interface Recognizer {
  readonly client: AppClient;
  readonly terminal: Terminal;
  readonly model: string | undefined;
}

interface FileResult {
  readonly entry: ReadEntry | { file: string; error: string; code: string };
}

interface ReadEntry {
  readonly file: string;
  readonly text: string;
  readonly digits: Omit<Recognition['digits'][number], 'image'>[];
  readonly milliseconds: number;
}

/** One file's entry. What is wrong with a file is part of the result; what is wrong with the app or the model is thrown. */
async function recognizeFile(recognizer: Recognizer, file: string): Promise<FileResult> {
  try {
    const { text, digits, milliseconds } = await readDigits(recognizer, file);
    if (digits.length === 0) fail('nothingToRead', { file });
    return {
      entry: {
        file,
        text,
        digits: digits.map(({ label, probability, box, alternatives }) => ({
          label,
          probability,
          box,
          alternatives,
        })),
        milliseconds,
      },
    };
  } catch (error) {
    const problem = toAppError(error);
    if (problem.code !== 'bad-input') throw error;
    return { entry: { file, error: recognizer.terminal.describe(problem), code: problem.code } };
  }
}

const LEFT_BRACE = 0x7b;
const isWhitespace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** By content: what begins like a JSON object, or is named so, is ink; everything else must be a picture. */
async function readDigits({ client, model }: Recognizer, file: string): Promise<Recognition> {
  const bytes = await readNamedFile(file);
  const isInk = bytes.find((byte) => !isWhitespace(byte)) === LEFT_BRACE || /\.json$/i.test(file);
  if (isInk) return client.recognizeInk({ ink: parseInk(bytes, file), model });
  return client.recognizePicture({ bytes, name: file, model });
}

function describeResults(results: readonly FileResult[]): string {
  return results
    .flatMap(({ entry }) =>
      'error' in entry ? [] : [`${entry.file}: ${entry.text}  (${describeDigits(entry)})`],
    )
    .join('\n');
}

function describeDigits({ digits }: ReadEntry): string {
  return digits.map(({ label, probability }) => `${label} ${formatPercent(probability)}`).join(', ');
}

/** What the app tells its starter: one JSON object a line on stdout, `{"event": …}`. */
import { createInterface } from 'node:readline';

/**
 * Calls `onEvent` for each event; any other line goes to stderr as it is.
 * @param {import('node:stream').Readable} stdout
 * @param {(event: {event: string} & Record<string, unknown>) => void} onEvent
 */
export function readEvents(stdout, onEvent) {
  createInterface({ input: stdout }).on('line', (line) => {
    const event = parseEvent(line);
    if (event) onEvent(event);
    else if (line.trim()) process.stderr.write(`${line}\n`);
  });
}

/**
 * The event in a line, or undefined if it holds none.
 * @param {string} line
 */
export function parseEvent(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(line);
    return typeof value.event === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The sentence for an event that a person should hear of, or undefined.
 * @param {{event: string} & Record<string, unknown>} event
 */
export function sentenceFor(event) {
  if (event.event === 'recognizedSample')
    return `It read the built-in sample digit as "${event.text}" in ${Number(event.milliseconds).toFixed(1)} ms.`;
  if (event.event === 'failed') return `The app reports: ${event.message}`;
  return undefined;
}

/** What a shell tells the program that started it: one JSON object a line on stdout. */

export type ShellEvent =
  /** The web shell answers at this address, which opens one browser once. */
  | { event: 'listening'; url: string }
  /** The last address has been used; this one opens another browser. */
  | { event: 'nextAddress'; url: string }
  /** The window shows its page. */
  | { event: 'windowOpened' }
  /** The engine has read the built-in sample digit. */
  | { event: 'recognizedSample'; text: string; milliseconds: number }
  /** Something that a person should know; the shell goes on if it can. */
  | { event: 'failed'; message: string };

/** Writes one event line. */
export function announce(event: ShellEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

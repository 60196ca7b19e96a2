export type PadAction = 'undo' | 'redo' | 'clear';

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** What a key press does to the drawing. */
export function padActionOf(event: Key): PadAction | undefined {
  if (event.altKey) return undefined;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
    return key === 'y' ? 'redo' : undefined;
  }
  return key === 'escape' || key === 'delete' ? 'clear' : undefined;
}

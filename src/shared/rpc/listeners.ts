/** A set of listeners that can be told something: the one way links, clients and emitters notify. */

export interface Listeners<Value> {
  /** Adds a listener and returns what removes it again. */
  add(listener: (value: Value) => void): () => void;
  /** Calls every listener that was there when the call began. */
  tell(value: Value): void;
  readonly size: number;
}

/** Makes an empty set of listeners; the same function added twice is called twice. */
export function createListeners<Value>(): Listeners<Value> {
  const entries = new Set<{ listener: (value: Value) => void }>();
  return {
    add(listener) {
      const entry = { listener };
      entries.add(entry);
      return () => {
        entries.delete(entry);
      };
    },
    tell(value) {
      for (const entry of [...entries]) entry.listener(value);
    },
    get size() {
      return entries.size;
    },
  };
}

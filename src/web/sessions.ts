/** Who may use the web shell: whoever opened the printed address, from then on known by a cookie. */
import { randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits: not to be guessed. */
const SECRET_BYTES = 32;

export interface Sessions {
  /** The token that opens the next session. */
  readonly token: string;
  /** Spends the token: the new session's id, or undefined if it is not the current token. Each token works once. */
  open(token: string): string | undefined;
  /** Whether this id is of a session that was opened here. */
  has(id: string | undefined): boolean;
}

export interface SessionOptions {
  /** Called after a token has been spent, with the one that takes its place. */
  onSpent?: (nextToken: string) => void;
}

/** Makes the sessions of one server; they end with it. */
export function createSessions({ onSpent }: SessionOptions = {}): Sessions {
  const ids: string[] = [];
  let token = secret();
  return {
    get token() {
      return token;
    },
    open(given) {
      if (!isSame(given, token)) return undefined;
      const id = secret();
      ids.push(id);
      token = secret();
      onSpent?.(token);
      return id;
    },
    has: (id) => id !== undefined && ids.some((known) => isSame(id, known)),
  };
}

function secret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Compares without telling by its duration how much was right. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

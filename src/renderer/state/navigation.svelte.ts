/** The views, in the order of the rail. */
export const VIEWS = ['draw', 'data', 'train', 'evaluate', 'tune', 'models', 'learn'] as const;
export type View = (typeof VIEWS)[number];

const fromHash = (hash: string): View => VIEWS.find((view) => hash === `#/${view}`) ?? 'draw';

/** Which view is open; kept in the address so that a reload comes back to it. */
export class Navigation {
  #window: Pick<Window, 'location' | 'addEventListener' | 'removeEventListener'>;
  #view: View = $state('draw');

  constructor(window: Pick<Window, 'location' | 'addEventListener' | 'removeEventListener'>) {
    this.#window = window;
    this.#view = fromHash(window.location.hash);
  }

  get view(): View {
    return this.#view;
  }

  go(view: View): void {
    this.#view = view;
    this.#window.location.hash = `#/${view}`;
  }

  /** Follows back, forward and links. */
  start(): () => void {
    const follow = () => (this.#view = fromHash(this.#window.location.hash));
    this.#window.addEventListener('hashchange', follow);
    return () => this.#window.removeEventListener('hashchange', follow);
  }
}

/** The view that a key press asks for: Ctrl (or Command) and the digit of its place in the rail. */
export function viewOfShortcut(
  event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey' | 'key'>,
): View | undefined {
  if (event.altKey || !(event.ctrlKey || event.metaKey) || !/^[1-9]$/.test(event.key)) return undefined;
  return VIEWS[Number(event.key) - 1];
}

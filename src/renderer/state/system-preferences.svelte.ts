const DARK = '(prefers-color-scheme: dark)';

/** What the operating system asks for: dark colours, and languages in order of preference. */
export class SystemPreferences {
  #query: MediaQueryList;
  #isDark = $state(false);
  readonly languages: readonly string[];

  constructor(window: Pick<Window, 'matchMedia' | 'navigator'>) {
    this.#query = window.matchMedia(DARK);
    this.#isDark = this.#query.matches;
    this.languages = window.navigator.languages;
  }

  get isDark(): boolean {
    return this.#isDark;
  }

  /** Follows the system from now on. */
  start(): () => void {
    const update = () => (this.#isDark = this.#query.matches);
    this.#query.addEventListener('change', update);
    return () => this.#query.removeEventListener('change', update);
  }
}

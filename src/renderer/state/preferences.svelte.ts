import type { AppClient } from '../../shared/contract.ts';
import { settingsSchema, type Language, type Settings } from '../../shared/domain/app.ts';
import { resolveLanguage } from '../../shared/i18n/language.ts';
import type { SystemPreferences } from './system-preferences.svelte.ts';

const STORAGE_KEY = 'digit-studio.settings';

interface PreferencesOptions {
  client: AppClient;
  system: Pick<SystemPreferences, 'isDark' | 'languages'>;
  /** Remembers the last settings, so that a start does not flash in the wrong theme or language. */
  storage: Pick<Storage, 'getItem' | 'setItem'>;
}

/** The user's settings and what follows from them: the theme and language to show, the model that reads the pad. */
export class PreferencesState {
  #client: AppClient;
  #system: PreferencesOptions['system'];
  #storage: PreferencesOptions['storage'];
  #settings: Settings = $state.raw(settingsSchema.parse({}));

  constructor({ client, system, storage }: PreferencesOptions) {
    this.#client = client;
    this.#system = system;
    this.#storage = storage;
    this.#settings = remembered(storage);
  }

  get settings(): Settings {
    return this.#settings;
  }

  get theme(): 'light' | 'dark' {
    if (this.#settings.theme !== 'system') return this.#settings.theme;
    return this.#system.isDark ? 'dark' : 'light';
  }

  get language(): Language {
    return resolveLanguage(this.#settings.language, this.#system.languages);
  }

  /** Loads the settings and follows changes that other windows make. */
  start(): () => void {
    return this.#client.on('settingsChanged', (settings) => this.#keep(settings));
  }

  async load(): Promise<void> {
    this.#keep(await this.#client.getSettings());
  }

  async update(change: Partial<Settings>): Promise<void> {
    this.#keep(await this.#client.updateSettings(change));
  }

  #keep(settings: Settings): void {
    this.#settings = settings;
    this.#storage.setItem(STORAGE_KEY, JSON.stringify(settings));
  }
}

function remembered(storage: PreferencesOptions['storage']): Settings {
  try {
    const text = storage.getItem(STORAGE_KEY);
    const result = settingsSchema.safeParse(text === null ? {} : JSON.parse(text));
    if (result.success) return result.data;
  } catch {
    // Only a copy: what cannot be read is replaced by what the app answers.
  }
  return settingsSchema.parse({});
}

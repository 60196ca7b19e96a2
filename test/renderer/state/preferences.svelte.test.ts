import { beforeEach, describe, expect, it } from 'vitest';
import { PreferencesState } from '../../../src/renderer/state/preferences.svelte.ts';
import { FakeApp } from '../support/fake-app.ts';

class MemoryStorage {
  readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
}

describe('PreferencesState', () => {
  let app: FakeApp;
  let storage: MemoryStorage;
  const open = (system = { isDark: true, languages: ['zh-CN'] }) =>
    new PreferencesState({ client: app.connect(), system, storage });

  beforeEach(() => {
    app = new FakeApp();
    storage = new MemoryStorage();
  });

  it('follows the system by default', () => {
    expect([open().theme, open().language]).toEqual(['dark', 'zh-CN']);
    const other = open({ isDark: false, languages: ['de', 'en'] });
    expect([other.theme, other.language]).toEqual(['light', 'en']);
  });

  it('keeps what is chosen in the app, and remembers it for the next start', async () => {
    const preferences = open();
    await preferences.update({ theme: 'light', language: 'en' });
    expect(app.settings).toEqual({ theme: 'light', language: 'en', activeModel: 'default' });
    expect([preferences.theme, preferences.language]).toEqual(['light', 'en']);
    expect([open().theme, open().language]).toEqual(['light', 'en']);
  });

  it('lets the app have the last word over what was remembered', async () => {
    await open().update({ theme: 'light' });
    app.settings = { ...app.settings, theme: 'dark' };
    const preferences = open();
    await preferences.load();
    expect(preferences.settings.theme).toBe('dark');
  });

  it('follows a change in another window', async () => {
    const preferences = open();
    const stop = preferences.start();
    await open().update({ activeModel: 'mine' });
    await expect.poll(() => preferences.settings.activeModel).toBe('mine');
    stop();
  });

  it.each(['no json', '{"theme":"purple"}', 'null', '[]'])('starts with a damaged memory: %s', (text) => {
    storage.getItem = () => text;
    expect(open().settings).toEqual({ theme: 'system', language: 'system', activeModel: 'default' });
  });
});

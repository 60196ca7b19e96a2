import type { Language, Settings } from '../domain/app.ts';

/** Each language by its own name, as a person who reads it looks for it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' };

/**
 * The language to show: the setting, or for `system` the first of the system's languages (BCP 47 tags) that we have.
 * Traditional Chinese readers get Simplified rather than English; everybody else gets English.
 */
export function resolveLanguage(setting: Settings['language'], systemLanguages: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const tag of systemLanguages) {
    const base = tag.toLowerCase().split('-')[0];
    if (base === 'zh') return 'zh-CN';
    if (base === 'en') return 'en';
  }
  return 'en';
}

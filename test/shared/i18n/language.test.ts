import { describe, expect, it } from 'vitest';
import { resolveLanguage } from '../../../src/shared/i18n/language.ts';

describe('resolveLanguage', () => {
  it.each([
    ['en', ['zh-CN'], 'en'],
    ['zh-CN', ['en-US'], 'zh-CN'],
    ['system', ['zh-CN', 'en'], 'zh-CN'],
    ['system', ['zh-Hant-TW'], 'zh-CN'],
    ['system', ['fr-FR', 'zh'], 'zh-CN'],
    ['system', ['fr-FR', 'en-GB', 'zh'], 'en'],
    ['system', ['fr-FR'], 'en'],
    ['system', [], 'en'],
  ] as const)('setting %s on a system that speaks %j gives %s', (setting, system, language) => {
    expect(resolveLanguage(setting, system)).toBe(language);
  });
});

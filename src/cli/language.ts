/** Which language the person reads. */
import type { Language, Settings } from '../shared/domain/app.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The language of a POSIX locale environment: the first of LC_ALL, LC_MESSAGES and LANG that is set decides. */
export function environmentLanguage({ LC_ALL, LC_MESSAGES, LANG }: Environment): Language {
  return /^zh\b|^zh_/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh-CN' : 'en';
}

/** The language of the settings, or of the environment where they say `system`. */
export function chosenLanguage(settings: Settings, environment: Environment): Language {
  return settings.language === 'system' ? environmentLanguage(environment) : settings.language;
}

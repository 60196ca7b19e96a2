import type { Language } from '../../shared/domain/app.ts';
import { toAppError, errorMessage } from '../../shared/errors.ts';
import { catalog, type Messages } from '../../shared/i18n/catalog.ts';
import { createFormats, type Formats } from '../../shared/i18n/format.ts';

/** Texts and number formats in the language of the moment; whatever reads them follows a change. */
export class Translation {
  #source: { readonly language: Language };
  #formats: Formats = $derived.by(() => createFormats(this.#source.language));

  constructor(source: { readonly language: Language }) {
    this.#source = source;
  }

  get language(): Language {
    return this.#source.language;
  }

  /** All texts, nested by feature. */
  get t(): Messages {
    return catalog[this.#source.language];
  }

  get format(): Formats {
    return this.#formats;
  }

  /** What any thrown value says in this language. */
  errorText(error: unknown): string {
    return errorMessage(toAppError(error), this.#source.language);
  }
}

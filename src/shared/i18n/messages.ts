/** One feature's texts in every language of the UI, side by side, so that a missing translation does not compile. */
import type { Language } from '../domain/app.ts';

/** The same texts, once for each language. */
export type Translated<M> = Readonly<Record<Language, M>>;

/** Declares a feature's texts: the English ones give the shape, the Chinese ones must fit it. */
export function translated<M>(texts: { readonly en: M; readonly 'zh-CN': NoInfer<M> }): Translated<M> {
  return texts;
}

/** The English form for `count` of something: `1 image`, `2 images`. */
export function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

import type { Labels } from './labels-for.ts';

/** The languages beside English, each a file of its own that is loaded when it is asked for. */
const languages: Readonly<Record<string, () => Promise<{ readonly default: Labels }>>> = {
  ar: () => import('./languages/ar.ts'),
  de: () => import('./languages/de.ts'),
  es: () => import('./languages/es.ts'),
  fr: () => import('./languages/fr.ts'),
  hi: () => import('./languages/hi.ts'),
  id: () => import('./languages/id.ts'),
  pt: () => import('./languages/pt.ts'),
};

/** `pt` of `pt`, `pt-PT` and `PT_br`; empty for a language whose code has not two letters, such as `fil`. */
const languageOf = (locale: string) => /^[a-z]{2}(?![a-z])/i.exec(locale)?.[0].toLowerCase() ?? '';

/**
 * Loads the texts of a language. Undefined when there are none: English is built in, and is what an unknown language
 * gets. The promise rejects when the language's file cannot be loaded.
 */
export function loadLanguage(locale: string): Promise<Labels> | undefined {
  return languages[languageOf(locale)]?.().then((language) => language.default);
}

/** The direction of writing; also for languages that only a page's own labels speak. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return /ar|fa|he|ur/.test(languageOf(locale)) ? 'rtl' : 'ltr';
}

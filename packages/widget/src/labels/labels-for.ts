import { english } from './english.ts';

/** Every text of the element, by name. */
export type Labels = Readonly<typeof english>;

/** Texts of the page's own; any status or error code may be among the names. */
export type LabelOverrides = Partial<Labels> & Readonly<Record<string, string | undefined>>;

/** Looks a text up: by the first of the names that has one. */
export type Say = (...names: (string | undefined)[]) => string;

const languages: Readonly<Record<string, Labels>> = { en: english };

/** The texts of a language, English when it is not known, with the page's own on top. */
export function labelsFor(locale: string, overrides?: LabelOverrides): Say {
  const texts = new Map<string | undefined, string | undefined>(
    Object.entries({ ...(languages[locale.slice(0, 2)] ?? english), ...overrides }),
  );
  return (...names) => names.map((name) => texts.get(name)).find((text) => text !== undefined) ?? '';
}

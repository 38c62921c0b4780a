import type { english } from './english.ts';

/** Every text of the element, by name. */
export type Labels = Readonly<typeof english>;

/** Texts of the page's own; any status or error code may be among the names. */
export type LabelOverrides = Readonly<Record<string, string | undefined>> & {
  readonly [Name in keyof Labels]?: string | undefined;
};

/** Looks a text up: by the first of the names that has one. */
export type Say = (...names: (string | undefined)[]) => string;

/** The texts of a language, with the page's own on top. What the page has there that is no text stays the language's. */
export function labelsFor(texts: LabelOverrides, overrides: LabelOverrides = {}): Say {
  const textOf = (name: string | undefined) =>
    [overrides, texts]
      .map((holder) => Object.getOwnPropertyDescriptor(holder, name ?? '')?.value as unknown)
      .find((text) => typeof text === 'string');
  return (...names) => names.map(textOf).find((text) => text !== undefined) ?? '';
}

import type { english } from './english.ts';

/** Every text of the element, by name. */
export type Labels = Readonly<typeof english>;

/** Texts of the page's own; any status or error code may be among the names. */
export type LabelOverrides = Readonly<Record<string, string | undefined>> & {
  readonly [Name in keyof Labels]?: string | undefined;
};

/** Looks a text up: by the first of the names that has one. */
export type Say = (...names: (string | undefined)[]) => string;

const textsOf = (labels?: LabelOverrides) =>
  new Map<string | undefined, string | undefined>(Object.entries({ ...labels }));

/** The texts of a language, with the page's own on top. One that the page leaves undefined stays the language's. */
export function labelsFor(texts: Labels, overrides?: LabelOverrides): Say {
  const own = textsOf(overrides);
  const built = textsOf(texts);
  return (...names) =>
    names.map((name) => own.get(name) ?? built.get(name)).find((text) => text !== undefined) ?? '';
}

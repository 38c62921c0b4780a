import { expect } from 'vitest';

/**
 * The members of a JSON value and their types, one line each: `entry[].id: string`. Items of a list are put together.
 */
export function shapeOf(value: unknown): string[] {
  return [...new Set(membersOf(value, ''))].sort();
}

function membersOf(value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [`${path}[]`] : value.flatMap((item) => membersOf(item, `${path}[]`));
  }
  if (typeof value !== 'object' || value === null) {
    return [`${path}: ${value === null ? 'null' : typeof value}`];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    membersOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** Lines in which two shapes may differ, each with the reason: `answer only: id: string` or `sample only: …`. */
export type Differences = Readonly<Record<string, string>>;

/** Compares an answer with a printed sample by names and types. A difference that is listed must be there. */
export function expectShape(answer: unknown, printed: string, except: Differences = {}): void {
  expectShapeOf(answer, JSON.parse(printed), except);
}

/** The same with a sample that was parsed already. */
export function expectShapeOf(answer: unknown, sample: unknown, except: Differences = {}): void {
  const here = shapeOf(answer);
  const there = shapeOf(sample);
  const differing = [
    ...here.filter((line) => !there.includes(line)).map((line) => `answer only: ${line}`),
    ...there.filter((line) => !here.includes(line)).map((line) => `sample only: ${line}`),
  ];
  expect(differing.sort()).toEqual(Object.keys(except).sort());
}

import { inspect } from 'node:util';

/**
 * A text that must not be seen. However it is printed, joined or turned into JSON, it says `[secret]`;
 * only {@link Secret.reveal} gives it away, so every place that does can be found by that word.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

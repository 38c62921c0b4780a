import type { CheckName } from './findings.ts';

/** There is nothing to look at until another check passes. */
export class Waits extends Error {
  override readonly name = 'Waits';
  readonly check: CheckName;

  constructor(check: CheckName) {
    super(check);
    this.check = check;
  }
}

/** Why the example does not start, in a sentence for whoever started it: no stack is printed for it. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

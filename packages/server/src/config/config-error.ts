/** One thing that is wrong with the options. */
export interface ConfigProblem {
  /** The option, such as `meta.appSecret`, or the environment variable. */
  option: string;
  /** What is wrong and what to do. */
  message: string;
}

/** The options cannot work. All problems are named at once; values are never repeated. */
export class ConfigError extends TypeError {
  override readonly name = 'ConfigError';
  readonly code = 'config_invalid';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const list = problems.map(({ option, message }) => `  ${option} ${message}`).join('\n');
    super(`createEmbeddedSignup: these options need a change:\n${list}`);
    this.problems = problems;
  }
}

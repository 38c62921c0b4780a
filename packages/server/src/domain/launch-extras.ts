type Tree = Record<string, unknown>;

/** What goes into `extras`, from the weakest voice to the strongest. */
export interface LaunchExtrasInput {
  /** The host's own, as configured. */
  host: Tree;
  /** What the host's server knows of the customer. */
  customer: { prefill?: object | undefined; solutionId?: string | undefined };
  /** What the page asked for: texts only, checked by the schema. */
  page: { prefill?: object | undefined };
  /** Ids of the held numbers. */
  numberIds: readonly string[];
}

/**
 * Puts together the `extras` of `FB.login`. v4 is chosen by the configuration, so nothing else is added. Nothing
 * overrides the held numbers: without any, there is no `preVerifiedPhone` at all.
 */
export function launchExtras({ host, customer, page, numberIds }: LaunchExtrasInput): Tree {
  const hostSetup = isTree(host['setup']) ? host['setup'] : {};
  const { preVerifiedPhone: _never, ...setup } = [
    hostSetup,
    toTree(customer.prefill),
    customer.solutionId === undefined ? {} : { solutionID: customer.solutionId },
    toTree(page.prefill),
  ].reduce<Tree>(merged, {});
  const held = numberIds.length === 0 ? {} : { preVerifiedPhone: { ids: [...numberIds] } };
  return { ...host, setup: { ...setup, ...held } };
}

function toTree(value: object | undefined): Tree {
  return { ...value };
}

function merged(base: Tree, over: Tree): Tree {
  const result: Tree = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = result[key];
    result[key] = isTree(below) && isTree(value) ? merged(below, value) : value;
  }
  return result;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same functions; `changed` is told after each call, failed or not, and again when a promise is settled. */
export function notingChanges<Functions extends object>(
  functions: Functions,
  changed: () => void,
): Functions {
  const members = Object.entries(functions).map(([name, run]: [string, unknown]) => [
    name,
    typeof run === 'function' ? (...args: unknown[]) => callNoting(run, args, changed) : run,
  ]);
  // Every function is there again under its name, with its arguments and its result.
  return Object.fromEntries(members) as Functions;
}

function callNoting(run: CallableFunction, args: unknown[], changed: () => void): unknown {
  try {
    const result: unknown = Reflect.apply(run, undefined, args);
    if (result instanceof Promise) void result.then(changed, changed);
    return result;
  } finally {
    changed();
  }
}

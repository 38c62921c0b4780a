/** Looks again and again until it is so. @throws Error after `ms` milliseconds, with what was waited for */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { ms = 60_000, every = 20 }: { ms?: number; every?: number } = {},
): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

/** The promise's own end, or an error after `ms` milliseconds. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms} ms in vain: ${what}`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

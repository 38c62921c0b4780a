/** What must be closed when the example stops, in whatever state it is. */
export interface Closers {
  add(close: () => Promise<void>): void;
  /** Closes the newest first. One that fails or takes too long does not keep the others, nor the process. */
  closeAll(patience: number): Promise<void>;
}

/** Nothing to close yet. */
export function createClosers(): Closers {
  const closers: (() => Promise<void>)[] = [];
  const closeEach = async () => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
      await close().catch((error: unknown) => console.error(error));
    }
  };
  return {
    add: (close) => void closers.push(close),
    async closeAll(patience) {
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patience);
      });
      await Promise.race([closeEach(), enough]);
      clearTimeout(timer);
    },
  };
}

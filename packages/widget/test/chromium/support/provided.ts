declare module 'vitest' {
  // The name is vitest's: this adds to it.
  interface ProvidedContext {
    /** How to start the browser that the test command found. */
    chromium: { executablePath: string; args: string[] };
  }
}

export {};

declare module 'vitest' {
  // The name is vitest's: this adds to it.
  interface ProvidedContext {
    /** The address of a PostgreSQL server that tests may fill. */
    postgresUrl: string;
  }
}

export {};

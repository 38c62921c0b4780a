// What the global setups provide, for the scripts here. Tests in a package repeat the line they use.
import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server that tests may fill. */
    postgresUrl: string;
    /** What playwright-core's `chromium.launch` takes. */
    chromium: { executablePath: string; args: string[] };
  }
}

/** What to do to a call instead of answering it plainly. */
export type Fault =
  /** Answer with this status and Graph error; the work is not done. */
  | { readonly kind: 'error'; readonly status: number; readonly error: FaultError }
  /** Break the connection before doing anything. */
  | { readonly kind: 'reset' }
  /** Do the work, then break the connection: done, but the answer is lost. */
  | { readonly kind: 'lost' }
  /** Do the work, but answer only after so many ms of real time. */
  | { readonly kind: 'slow'; readonly ms: number };

/** The `error` object of a scripted answer; members are Meta's. */
export interface FaultError {
  readonly code: number;
  readonly message: string;
  readonly error_subcode?: number | undefined;
  /** @default 'OAuthException' */
  readonly type?: string | undefined;
  readonly is_transient?: boolean | undefined;
}

/** One line of the script: the next `times` calls that match get the fault. */
export interface ScriptedFault {
  readonly match: {
    /** Any method when absent. */
    readonly method?: string | undefined;
    /** Path without version, such as `/oauth/access_token`; a segment `*` stands for any one. Any path when absent. */
    readonly path?: string | undefined;
  };
  /** @default 1 */
  readonly times?: number | undefined;
  readonly fault: Fault;
}

/** The faults still to be played. */
export interface FaultScript {
  /** Replaces the script; an empty one ends all faults. */
  set(faults: readonly ScriptedFault[]): void;
  /** Takes the fault for this call, if the script has one. */
  take(method: string, path: string): Fault | undefined;
}

/** An empty script. */
export function createFaultScript(): FaultScript {
  let lines: { left: number; readonly line: ScriptedFault }[] = [];
  return {
    set(faults) {
      lines = faults.map((line) => ({ left: line.times ?? 1, line }));
    },
    take(method, path) {
      const found = lines.find(({ left, line }) => left > 0 && matches(line.match, method, path));
      if (found === undefined) return undefined;
      found.left -= 1;
      return found.line.fault;
    },
  };
}

function matches(match: ScriptedFault['match'], method: string, path: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  // `oauth/access_token` means the same as `/oauth/access_token`.
  const wanted = `/${match.path.replace(/^\//, '')}`.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((part, i) => part === '*' || part === given[i]);
}

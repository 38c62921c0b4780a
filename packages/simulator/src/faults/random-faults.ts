import { matchesCall } from '../ledger/call-match.ts';
import { seededRandom } from '../random/seeded-random.ts';
import { FAULT_KINDS, type Fault, type FaultKind, type RandomFaults } from './fault.ts';

// These take real time, or much memory, so they are played only when they are named.
const ONLY_WHEN_NAMED = new Set<FaultKind>(['refuse', 'hang', 'slow', 'drip', 'huge']);

/** Draws a fault, or none, for one call after the other. */
export function createDraw({ seed, rate, match = {}, kinds }: RandomFaults) {
  const random = seededRandom(seed);
  const offered = kinds ?? FAULT_KINDS.filter((kind) => !ONLY_WHEN_NAMED.has(kind));
  return (method: string, path: string): Fault | undefined => {
    if (!matchesCall(match, method, path) || random() >= rate) return undefined;
    const kind = offered[Math.floor(random() * offered.length)];
    return kind && faultOf(kind);
  };
}

/** A fault of this kind with moderate values: real waits are 50 ms. */
function faultOf(kind: FaultKind): Fault {
  switch (kind) {
    case 'error': {
      const error = { code: 2, message: 'Service temporarily unavailable', is_transient: true };
      return { kind, status: 503, error };
    }
    case 'slow':
    case 'refuse': {
      return { kind, ms: 50 };
    }
    case 'drip': {
      return { kind, ms: 1 };
    }
    case 'huge': {
      return { kind, bytes: 1_000_000 };
    }
    case 'throttled': {
      return { kind, code: 4, regainMinutes: 1 };
    }
    default: {
      return { kind };
    }
  }
}

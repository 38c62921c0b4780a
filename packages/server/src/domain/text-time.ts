import { minute } from './durations.ts';

/**
 * How long after a code was asked for a text may bring it, milliseconds. A code lives 10 minutes (Meta, "Verify code"), and
 * telephone networks are late.
 */
export const textTime = 15 * minute;

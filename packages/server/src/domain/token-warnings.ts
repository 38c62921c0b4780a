import { day } from './durations.ts';

/**
 * How long before its end the host is told that a customer's token runs out, milliseconds, and once more when it is over.
 * Configurations of Facebook Login for Business may make tokens that live 60 days.
 */
export const tokenWarnings: readonly number[] = [14 * day, 7 * day, 3 * day, day, 0];

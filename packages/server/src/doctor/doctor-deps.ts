import type { DoctorParts } from './doctor-parts.ts';
import type { Facts } from './facts.ts';

/** What every check is given. */
export interface DoctorDeps extends DoctorParts {
  facts: Facts;
}

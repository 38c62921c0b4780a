import { checkOf, finding } from '../check.ts';
import { Waits } from '../waits.ts';

/** What was answered is still there after a crash. */
export const checkDurability = checkOf('durability', ['database'], async ({ facts }) => {
  const { kind, durability } = await facts.database().catch(() => {
    throw new Waits('database');
  });
  return {
    seen:
      kind === 'sqlite' ? 'on a disk of this machine, with synchronous=FULL' : 'commits wait for the disk',
    findings: [
      ...durability.failures.map((sentence) => finding('not_durable', 'commits can be lost', sentence)),
      ...durability.warnings.map((sentence) =>
        finding('database_place', 'in a place that is not kept', sentence),
      ),
    ],
  };
});

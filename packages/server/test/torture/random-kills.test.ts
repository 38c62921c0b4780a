import { appendFile, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { killAtRandom, seedOfRun, type RoundReport } from './support/kill-at-random.ts';
import type { EngineName } from './support/torture-world.ts';

const isLong = process.env['TEST_LONG'] === '1';
const engines: readonly EngineName[] = ['SQLite', 'PostgreSQL'];
/** The long form: 20 rounds on both engines, 1,000 kills and 10,000 claims in all. */
const perRound = isLong ? { kills: 25, claims: 250 } : { kills: 13, claims: 150 };
const rounds = isLong ? 20 : 1;
/** A round of both engines may take this long; milliseconds. */
const patience = 300_000;

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/host.ts', import.meta.url));
});
afterAll(() => bundled.remove());

describe('claims whose host is killed again and again at random', () => {
  it(
    'are all found, registered once, with one owner, one PIN and few calls to Meta',
    async () => {
      const progress = process.env['TORTURE_PROGRESS'];
      const done = await readProgress(progress);
      // A run that goes on keeps its seed.
      const seed = (done[0]?.seed ?? seedOfRun()) >>> 0;
      const reports = [...done];
      for (let round = Math.floor(done.length / engines.length); round < rounds; round += 1) {
        const both = await Promise.all(
          engines.map((engine, index) =>
            killAtRandom({
              file: bundled.file,
              engine,
              seed: seed + 2 * round * engines.length + 2 * index,
              // In the short form the engines share 25.
              kills: perRound.kills - (isLong ? 0 : index),
              claims: perRound.claims,
              withoutWaiting: !isLong,
            }),
          ),
        );
        reports.push(...both);
        if (progress !== undefined) {
          await appendFile(progress, both.map((report) => `${JSON.stringify(report)}\n`).join(''));
        }
      }
      const total = totalOf(reports);
      process.stdout.write(`torture: TORTURE_SEED=${seed} ${JSON.stringify(total)}\n`);
      expect(total.kills).toBe(isLong ? 1_000 : 25);
      expect(total.claims).toBe(isLong ? 10_000 : 300);
      // More would mean that claims are lost to kills that had nothing to do with their code.
      expect(total.registered / total.claims).toBeGreaterThan(0.7);
      expect(total.repeats.register + total.repeats.exchange).toBeLessThanOrEqual(total.kills);
    },
    patience * rounds,
  );
});

async function readProgress(file: string | undefined): Promise<RoundReport[]> {
  if (file === undefined) return [];
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
  return lines.map((line) => JSON.parse(line) as RoundReport); // what the line above wrote
}

function totalOf(reports: readonly RoundReport[]) {
  const sum = (of: (report: RoundReport) => number) => reports.reduce((total, one) => total + of(one), 0);
  return {
    kills: sum((one) => one.kills),
    claims: sum((one) => one.claims),
    restarts: sum((one) => one.starts),
    answers: sum((one) => one.answers),
    cutOff: sum((one) => one.cutOff),
    registered: sum((one) => one.registered),
    codeLost: sum((one) => one.codeLost),
    codeExpired: sum((one) => one.codeExpired),
    withoutNumber: sum((one) => one.withoutNumber),
    settledAfter: Math.max(...reports.map((one) => one.settledAfter)),
    repeats: {
      exchange: sum((one) => one.repeats.exchange),
      subscribe: sum((one) => one.repeats.subscribe),
      register: sum((one) => one.repeats.register),
      reads: sum((one) => one.repeats.reads),
    },
  };
}

import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { sendHead, type PlainAnswer } from './plain-answer.ts';

const CHUNK = ' '.repeat(65_536);

/** Sends the headers, then a byte after each `ms` of real time; stops when the client goes away. */
export async function drip(
  delay: (ms: number) => Promise<void>,
  res: ServerResponse,
  answer: PlainAnswer,
  ms: number,
): Promise<void> {
  const bytes = Buffer.from(answer.body);
  sendHead(res, answer, bytes.length);
  res.flushHeaders();
  for (const byte of bytes) {
    await delay(ms);
    if (res.destroyed) return;
    res.write(Uint8Array.of(byte));
  }
  res.end();
}

/** Sends the JSON, then blanks up to `size` bytes, no faster than the client reads; stops when it goes away. */
export async function sendHuge(res: ServerResponse, answer: PlainAnswer, size: number): Promise<void> {
  sendHead(res, answer, undefined);
  res.write(answer.body);
  let left = size - Buffer.byteLength(answer.body);
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  while (left > 0 && !res.destroyed) {
    const flows = res.write(CHUNK.slice(0, left));
    left -= Math.min(left, CHUNK.length);
    if (!flows && !(await drained(res, gone.signal))) return;
  }
  res.end();
}

async function drained(res: ServerResponse, signal: AbortSignal): Promise<boolean> {
  try {
    await once(res, 'drain', { signal });
    return true;
  } catch {
    return false;
  }
}

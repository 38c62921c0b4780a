import { describe, expect, it } from 'vitest';
import { findEarlyAnswers } from './support/early-answers.ts';
import { bytesOf, pathOf, readCalls } from './support/read-calls.ts';
import { walTransactions } from './support/read-wal.ts';

const ada = '01890a5d-ac96-774b-bcce-b302099a8057';
const bob = '01890a5d-ac96-774b-bcce-b302099a8058';

/** As `strace -xx` writes bytes. */
const hex = (text: string) =>
  Array.from(Buffer.from(text, 'latin1'), (byte) => String.raw`\x` + byte.toString(16).padStart(2, '0')).join(
    '',
  );
const file = (name: string) => `<${hex(`/tmp/of a test/${name}`)}>`;

const wal = file('signup.db-wal');
const header = (offset: number, isLast: boolean) =>
  `7 pwrite64(21${wal}, "${hex(`\0\0\0\u0015\0\0\0${isLast ? '1' : '\0'}${'s'.repeat(16)}`)}", 24, ${offset}) = 24`;
const page = (offset: number, text: string) =>
  `7 pwrite64(21${wal}, "${hex(text)}", ${text.length}, ${offset}) = ${text.length}`;
const frame = (offset: number, isLast: boolean, text: string) => [
  header(offset, isLast),
  page(offset + 24, text),
];
const sync = (outcome = '0') => `7 fsync(21${wal})        = ${outcome}`;
const answer = (status: string, body: string) =>
  `7 writev(25<${hex('socket:[1]')}>, [{iov_base="${hex(`HTTP/1.1 ${status}\r\nA: b\r\n`)}", iov_len=1}, ` +
  `{iov_base="${hex('\r\n')}", iov_len=2}, {iov_base="${hex(body)}", iov_len=9}], 3) = 12`;
const accepted = (id: string) => answer('202 Accepted', `{"claim":{"id":"${id}","status":"received"}}`);

const early = (...lines: readonly (string | readonly string[])[]) =>
  findEarlyAnswers(readCalls(lines.flat().join('\n'))).early;

describe('the search for answers that come too early', () => {
  it('is content with an answer after the sync of its claim', () => {
    const found = findEarlyAnswers(
      readCalls(
        [
          ...frame(32, false, `..${ada}..`),
          ...frame(4152, true, '..'),
          sync(),
          accepted(ada),
          answer('200 OK', '{}'),
        ].join('\n'),
      ),
    );
    expect(found.early).toEqual([]);
    expect(found.answers.map(({ status, id }) => [status, id])).toEqual([
      [202, ada],
      [200, undefined],
    ]);
    expect(found.transactions).toBe(1);
  });

  it('is content when many answers share one sync, while the next transaction is already being written', () => {
    const both = [...frame(32, false, `..${ada}${bob}`), ...frame(4152, true, '..'), sync()];
    expect(early(both, accepted(bob), header(8272, false), accepted(ada))).toEqual([]);
  });

  it.each<[string, readonly (string | readonly string[])[], RegExp]>([
    ['there is no sync at all', [frame(32, true, ada), accepted(ada)], /line 3 .* before .* was synced/],
    ['the sync comes after it', [frame(32, true, ada), accepted(ada), sync()], /before .* was synced/],
    [
      'only an earlier transaction was synced',
      [frame(32, true, bob), sync(), frame(4152, true, ada), accepted(bob), accepted(ada)],
      new RegExp(`before claim ${ada} was synced`),
    ],
    [
      'the sync was of another file',
      [frame(32, true, ada), `7 fsync(18${file('signup.db')}) = 0`, accepted(ada)],
      /before .* was synced/,
    ],
    [
      'the sync failed',
      [frame(32, true, ada), sync('-1 EIO (Input/output error)'), accepted(ada)],
      /although the sync .* failed/,
    ],
    [
      'the sync that failed was only asked again',
      [frame(32, true, ada), sync('-1 EIO (Input/output error)'), sync(), accepted(ada)],
      /although the sync .* failed/,
    ],
    ['the sync never took place', [frame(32, true, ada), sync('0 (INJECTED)'), accepted(ada)], /never took/],
    [
      'the sync has begun and not come back',
      [
        frame(32, true, ada),
        `7 fsync(21${wal} <unfinished ...>`,
        accepted(ada).replace('7', '8'),
        '7 <... fsync resumed>) = 0',
      ],
      /before .* was synced/,
    ],
    [
      'the last frame is not there yet',
      [frame(32, false, ada), accepted(ada), frame(4152, true, '..'), sync()],
      /came before .* was written/,
    ],
    [
      'the last frame was refused',
      [
        frame(32, true, ada).slice(0, 1),
        page(56, ada).replace(/= \d+$/, '= -1 ENOSPC (No space left)'),
        sync(),
        accepted(ada),
      ],
      /never written/,
    ],
    ['its claim was never written', [frame(32, true, bob), sync(), accepted(ada)], /never written/],
    ['it names no claim', [answer('202 Accepted', '{}')], /names no claim/],
  ])('finds a 202 when %s', (_when, lines, sentence) => {
    const found = early(...lines);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
  });
});

describe('the reading of a trace', () => {
  it('joins the two halves of a call that another thread cut in two', () => {
    const [call, other] = readCalls(
      ['11 write(5, "\\x2a" <unfinished ...>', '12 fsync(3</x>) = 0', '11 <... write resumed>, 1) = 1'].join(
        '\n',
      ),
    );
    expect(call).toMatchObject({ name: 'write', returned: 1, began: 0, ended: 2 });
    expect(other).toMatchObject({ name: 'fsync', returned: 0, began: 1, ended: 1 });
  });

  it('gives no answer to a call that never came back', () => {
    const calls = readCalls(
      '11 fsync(3</x> <unfinished ...>\n12 fsync(3</x>) = ?\n12 +++ killed by SIGKILL +++',
    );
    expect(calls.map(({ returned, ended }) => [returned, ended])).toEqual([
      [undefined, Number.POSITIVE_INFINITY],
      [undefined, Number.POSITIVE_INFINITY],
    ]);
  });

  it('gives paths and bytes back as they were', () => {
    const [call] = readCalls(`7 pwrite64(21${file('a, "b" <c>')}, "${hex('\0"\\ÿ')}", 4, 32) = 4`);
    expect(call === undefined ? [] : [pathOf(call), bytesOf(call)]).toEqual([
      '/tmp/of a test/a, "b" <c>',
      '\0"\\ÿ',
    ]);
  });

  it.each(['something else', '7 <... fsync resumed>) = 0', '7 fsync(3</x>)'])('refuses %j', (line) => {
    expect(() => readCalls(line)).toThrow(/line 1 of the trace/);
  });

  it('gives each transaction the first sync after it, however that ended', () => {
    const trace = [
      frame(32, true, ada),
      sync('-1 EIO (Input/output error)'),
      frame(32, true, bob),
      sync(),
      sync(),
      frame(4152, true, ''),
    ];
    expect(
      walTransactions(readCalls(trace.flat().join('\n'))).map((one) => [one.offset, one.sync?.returned]),
    ).toEqual([
      [32, -1],
      [32, 0],
      [4152, undefined],
    ]);
  });
});

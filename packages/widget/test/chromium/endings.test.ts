import { describe } from 'vitest';
import { it } from './support/it.ts';
import type { Word } from './support/popup.ts';
import { code, finish, finishData, logObject, logText } from './support/words.ts';

const step = { current_step: 'PHONE_NUMBER_SETUP' };
const trouble = {
  error_message: 'Your verified name violates WhatsApp guidelines.',
  session_id: 'f34b51dab5e0498',
  timestamp: '1746041036',
};
const finished = { event: 'FINISH', data: finishData['FINISH'] };

describe('Meta’s last screen, closed with the cross', () => {
  it.for<[string, Word[]]>([
    ['message and code', [finish(), code('closing')]],
    ['code and message', [code('closing'), finish()]],
  ])('is a finish: %s', async ([, words], { open, expect }) => {
    const { visitor, server } = await open({ clock: true });
    const popup = await visitor.opensPopup();
    await popup.closes(...words);
    await server.hears('POST /claims', 2);
    await visitor.sees('registered');
    expect(server.halves()).toHaveLength(2);
    expect(server.halves()).toEqual(expect.arrayContaining([finished, { code: 'closing' }]));
    expect(await visitor.heard()).not.toContain('signup-cancel');
  });

  it('is a finish, too, when the code came before and the window says the rest as it goes', async ({
    open,
    expect,
  }) => {
    const { visitor, server } = await open({ clock: true });
    const popup = await visitor.opensPopup();
    await popup.says(code('before'));
    await popup.closes(finish());
    await server.hears('POST /claims', 2);
    expect(server.claims).toMatchObject([{ halves: [{ code: 'before' }, finished] }]);
    await visitor.sees('registered');
  });
});

describe('a customer who leaves', () => {
  it.for<[string, Word, object]>([
    ['text', logText('CANCEL', step), step],
    ['an object', logObject('CANCEL', step), step],
    ['the step beside the data', logText('CANCEL', {}, step), step],
  ])('is a cancel at the step where they left: %s', async ([, word, data], { open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    await popup.says(word);
    await visitor.sees('cancelled');
    await server.hears('POST /session-events');
    expect(server.heardAt('POST /session-events')).toMatchObject([
      { body: { event: 'CANCEL', data }, session: 'session-1.1' },
    ]);
    const cancel = (await visitor.told()).filter(({ type }) => type === 'signup-cancel');
    expect(cancel).toMatchObject([{ step: 'PHONE_NUMBER_SETUP' }]);
    expect(server.heardAt('POST /claims')).toEqual([]);
    // The session is kept, so the next press opens the window at once.
    await visitor.opensPopup();
    expect(server.heardAt('POST /sessions')).toHaveLength(1);
  });
});

describe('an error in Meta’s window', () => {
  it.for<[string, Word, string]>([
    ['CANCEL with error_code', logText('CANCEL', { ...trouble, error_code: 524126 }), '524126'],
    ['CANCEL with error_id', logText('CANCEL', { ...trouble, error_id: '524126' }), '524126'],
    ['ERROR with error_code', logObject('ERROR', { ...trouble, error_code: '2388098' }), '2388098'],
    [
      'CANCEL with all of it at top level',
      logText('CANCEL', {}, { ...trouble, error_code: 524126 }),
      '524126',
    ],
    [
      'CANCEL with error_id at top level',
      logObject('CANCEL', {}, { ...trouble, error_id: 524126 }),
      '524126',
    ],
  ])('is told with a code to quote, and is no cancel: %s', async ([, word, number], { open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    await popup.says(word);
    await visitor.sees('failed');
    expect(await visitor.problems()).toEqual(['meta_error']);
    expect(await visitor.heard()).not.toContain('signup-cancel');
    await visitor.reads(new RegExp(`${number} · ${trouble.session_id}`));
    await server.hears('POST /session-events');
    expect(JSON.stringify(server.heardAt('POST /session-events')[0]?.body)).toContain(number);
    expect(server.heardAt('POST /claims')).toEqual([]);
  });
});

describe('a finish in a window that said something else before', () => {
  it.for<[string, Word[]]>([
    ['a cancel', [logText('CANCEL', step)]],
    ['an error', [logText('ERROR', { ...trouble, error_code: 524126 })]],
    ['both, and again', [logText('CANCEL', step), logObject('CANCEL', trouble), logText('CANCEL', step)]],
    ['something unknown', [logText('SOMETHING_NEW', { current_step: 'A_NEW_ONE' })]],
  ])('counts after %s', async ([, before], { open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    await popup.says(...before);
    await server.hears('POST /session-events', before.length);
    await popup.says(finish(), code());
    await visitor.sees('registered');
    await server.hears('POST /claims', 2);
    expect(server.claims).toHaveLength(1);
    expect(server.halves()).toHaveLength(2);
    expect(server.heardAt('POST /session-events')).toHaveLength(before.length);
  });
});

describe('an event that nobody knows yet', () => {
  it('is reported to the server and changes nothing on the screen', async ({ open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    await popup.says(logText('PHONE_FIRST_STARTED', { current_step: 'A_NEW_ONE' }));
    await server.hears('POST /session-events');
    expect(server.heardAt('POST /session-events')).toMatchObject([
      { body: { event: 'PHONE_FIRST_STARTED', data: { current_step: 'A_NEW_ONE' } } },
    ]);
    await visitor.sees('in-popup');
    expect(await visitor.problems()).toEqual([]);
  });

  it('is a finish when its name begins like one', async ({ open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    await popup.says(logText('FINISH_SOMETHING_NEW', { waba_id: '524126980791429' }));
    await visitor.sees('registered');
    expect(server.halves()).toEqual([
      { event: 'FINISH_SOMETHING_NEW', data: { waba_id: '524126980791429' } },
    ]);
  });
});

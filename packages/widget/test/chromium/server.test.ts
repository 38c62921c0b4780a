import { describe } from 'vitest';
import { it } from './support/it.ts';
import { idOf, refusal } from './support/signup-server.ts';
import { code, finish } from './support/words.ts';

describe('the signup server', () => {
  it('that is down when a finish comes gets it when it is back, once', async ({ open, expect }) => {
    const { visitor, server } = await open({ clock: true });
    const popup = await visitor.opensPopup();
    server.answers('POST /claims', 'cut', refusal('store_unavailable'), refusal('internal_error'));
    await popup.says(finish());
    await visitor.waitsFor('registered');
    expect(server.halves()).toMatchObject([{ event: 'FINISH' }]);
  });

  it('that says the session is over is asked for another one by the next press', async ({ open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    server.answers('POST /claims', refusal('session_expired'));
    await popup.says(finish());
    await visitor.hearsProblem('session_expired');
    await visitor.sees('failed');
    // What it refused it would refuse again, so the next press begins with a new session.
    await visitor.button('Try again').click();
    await visitor.sees('ready');
    const next = await visitor.opensPopup();
    await next.says(finish());
    await visitor.sees('registered');
    expect(server.claims).toHaveLength(1);
    const sent = server.heardAt('POST /claims').map(({ session }) => idOf(session ?? ''));
    expect(sent[0]).toBe('session-1');
    expect(sent[1]).not.toBe('session-1');
  });

  it('that is down for long leaves the finish with the page, and a press hands it in', async ({
    open,
    expect,
  }) => {
    const { visitor, server } = await open({ clock: true });
    const popup = await visitor.opensPopup();
    server.answers('POST /claims', ...Array.from({ length: 60 }, () => 'cut' as const));
    await popup.says(finish());
    await visitor.waitsForProblem('server_unreachable');
    await visitor.sees('failed');
    server.forget('POST /claims');
    await visitor.button('Try again').click();
    await visitor.sees('registered');
    expect(server.claims).toMatchObject([{ session: 'session-1', halves: [{ event: 'FINISH' }] }]);
  });

  it('that is down when the page comes is asked again by itself, then by a press', async ({ build }) => {
    const { visitor, server, url } = await build({ clock: true });
    const down = Array.from({ length: 40 }, () => 'cut' as const);
    server.answers('POST /sessions', ...down);
    await visitor.page.goto(url);
    await server.hears('POST /sessions');
    await visitor.waitsForProblem('server_unreachable');
    await visitor.sees('failed');
    await visitor.reads('There is no connection right now.');
    server.forget('POST /sessions');
    await visitor.button('Try again').click();
    await visitor.sees('ready');
  });

  it('whose session is over gives a fresh one, unseen', async ({ open, expect }) => {
    const { visitor, server } = await open({ clock: true });
    server.answers('POST /sessions', refusal('session_expired'));
    await visitor.context().clock.fastForward('02:00:00');
    await visitor.element().hover();
    await server.hears('POST /sessions', 3);
    await visitor.sees('ready');
    expect(await visitor.problems()).toEqual([]);
    expect(server.heardAt('POST /sessions').map(({ session }) => session)).toEqual([
      undefined,
      'session-1.1',
      undefined,
    ]);
  });

  it('that knows nobody asks the customer to sign in, and goes on once they have', async ({ build }) => {
    const { visitor, server, url } = await build();
    server.answers('POST /sessions', refusal('unauthenticated'));
    await visitor.page.goto(url);
    await visitor.hearsProblem('unauthenticated');
    await visitor.sees('unavailable');
    await visitor.reads('Please sign in first.');
    await visitor.element().hover();
    await visitor.sees('ready');
  });

  it.for([
    ['session_used', 'of a session that has brought its claim'],
    ['too_many_claims', 'of too many claims'],
  ] as const)('that refuses a claim is quoted: %s', async ([name], { open }) => {
    const { visitor, server } = await open({ clock: true });
    const popup = await visitor.opensPopup();
    server.answers('POST /claims', ...Array.from({ length: 60 }, () => refusal(name)));
    await popup.says(finish());
    await server.hears('POST /claims');
    await visitor.waitsForProblem(name);
    await visitor.reads(/request-7/);
  });

  it('that has no number left says so, and the customer can use their own', async ({ build, expect }) => {
    const { visitor, server } = await build();
    server.numbers = [];
    await visitor.arrive();
    await visitor.reads('No prepared number is available right now. You can use a number of your own.');
    const popup = await visitor.opensPopup();
    expect(popup.asked().get('extras')).not.toContain('preVerifiedPhone');
    await popup.says(finish());
    await visitor.sees('registered');
  });
});

describe('a claim', () => {
  it('whose code came too late sends the customer through the window again', async ({ open }) => {
    const { visitor, server } = await open();
    server.stands = [
      { status: 'needs_signup', reason: { code: 'code_expired', message: 'The code is too old.' } },
    ];
    const popup = await visitor.opensPopup();
    await popup.says(code());
    await visitor.hearsProblem('code_expired');
    await visitor.sees('failed');
    await visitor.reads('Meta’s confirmation came too late. Please go through the window again.');
    server.stands = [{ status: 'registered' }];
    const again = await visitor.opensPopup('Try again');
    await again.says(finish(), code());
    await visitor.sees('registered');
  });

  it('that waits for the operator offers no button, and goes on when they have decided', async ({
    open,
    expect,
  }) => {
    const { visitor, server } = await open({ clock: true });
    server.stands = [{ status: 'needs_operator' }];
    const popup = await visitor.opensPopup();
    await popup.says(finish(), code());
    await visitor.hearsProblem('needs_operator');
    await visitor.reads('Your provider will look at this.');
    await visitor.reads(/claim-1/);
    expect(await visitor.element().getByRole('button').count()).toBe(0);
    server.stands = [{ status: 'registered' }];
    await visitor.waitsFor('registered');
  });
});

describe('a page that nobody looks at', () => {
  it('does not renew its session, and does when somebody looks again', async ({ open, expect }) => {
    const { visitor, server } = await open({ clock: true });
    await visitor.looksAway(true);
    for (let hours = 0; hours < 3; hours += 1) await visitor.context().clock.fastForward('01:00:00');
    await visitor.allSent();
    expect(server.heardAt('POST /sessions')).toHaveLength(1);

    await visitor.looksAway(false);
    await server.hears('POST /sessions', 2);
    expect(server.heardAt('POST /sessions').map(({ session }) => session)).toEqual([
      undefined,
      'session-1.1',
    ]);
    await visitor.sees('ready');
    await visitor.opensPopup();
  });

  it('is no page that somebody looks at: that one has a fresh session at each click', async ({
    open,
    expect,
  }) => {
    const { visitor, server } = await open({ clock: true });
    await visitor.context().clock.fastForward('01:00:00');
    await server.hears('POST /sessions', 2);
    // The page has the answer, too.
    await visitor.allSent();
    await visitor.context().clock.fastForward('01:00:00');
    await server.hears('POST /sessions', 3);
    await visitor.sees('ready');
    const popup = await visitor.opensPopup();
    await popup.says(finish());
    await visitor.sees('registered');
    expect(server.heardAt('POST /claims').map(({ session }) => session)).toEqual(['session-1.3']);
  });
});

// Props of `<embedded-signup>` in React 19 that are right, and some that are wrong. Never run: `pnpm check` compiles it,
// and fails when a right one is refused or a wrong one is not.
import type { EmbeddedSignupElement, SignupRegisteredEvent } from '@embedded-signup-kit/widget';
import type { EmbeddedSignupProps } from '@embedded-signup-kit/widget/react';
import { createRef } from 'react';

const element = createRef<EmbeddedSignupElement>();
const button = createRef<HTMLButtonElement>();

export const bare = <embedded-signup server="/signup" />;

export const right = (
  <embedded-signup
    key="signup"
    ref={element}
    server="/signup"
    locale="pt-BR"
    country={undefined}
    prefill={{ business: { name: 'Example Ltd' } }}
    labels={{ launch: 'Start', a_code_of_mine: 'Hm' }}
    fetch={(input, init) => fetch(input, { ...init, headers: { 'x-csrf': 'token' } })}
    class="signup"
    part="signup"
    style={{ maxWidth: '30rem' }}
    hidden={false}
    onClick={(event) => event.currentTarget.status}
    onsignup-ready={({ numbers }) => numbers.map(({ displayPhoneNumber }) => displayPhoneNumber)}
    onsignup-step={({ status, step }) => [status === 'in-popup', step?.length]}
    onsignup-registered={({ claim }) => claim.displayPhoneNumber}
    onsignup-cancel={undefined}
    onsignup-error={({ problem }) => problem.code}
  >
    <h2 slot="heading">Connect WhatsApp</h2>
  </embedded-signup>
);

export const handler: EmbeddedSignupProps['onsignup-registered'] = (event: SignupRegisteredEvent) =>
  event.claim;

export const wrong = [
  // @ts-expect-error the address is a text
  <embedded-signup key={1} server={1} />,
  // @ts-expect-error there is no such prop
  <embedded-signup key={2} sever="/signup" />,
  // @ts-expect-error prefill is an object, not its JSON
  <embedded-signup key={3} prefill="{}" />,
  // @ts-expect-error a label is a text
  <embedded-signup key={4} labels={{ launch: 1 }} />,
  // @ts-expect-error this event has no claim
  <embedded-signup key={5} onsignup-ready={({ claim }) => claim} />,
  // @ts-expect-error a listener is a function
  <embedded-signup key={6} onsignup-registered="alert()" />,
  // @ts-expect-error the element is no button
  <embedded-signup key={7} ref={button} />,
  // @ts-expect-error the status is read only
  <embedded-signup key={8} status="ready" />,
  // @ts-expect-error there is no such status
  <embedded-signup key={9} onsignup-step={({ status }) => status === 'redy'} />,
  // @ts-expect-error the tag has another name
  <embedded-sign-up key={10} />,
];

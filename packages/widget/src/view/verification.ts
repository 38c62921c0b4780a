import type { CodeMethod, Verification } from '../launch/signup-state.ts';
import type { Kit } from './kit.ts';

/**
 * The form for the one-time code that Meta wants for a claimed number. A code may have been sent before this page was
 * loaded, so it can be typed at any time. What is typed is only read when it is handed in.
 */
export function verification(
  { html, button, say, act }: Kit,
  { busy, sent, resting, problem }: Verification = {},
) {
  const send = (part: string, text: string, method: CodeMethod) =>
    button(part, say(text), busy || resting, () => busy || act({ type: 'ask-code', method }));
  const handIn = (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).querySelector('input');
    if (field && !busy) act({ type: 'hand-in', code: field.value });
  };
  return html`<form part="verification" @submit=${handIn}>
    ${send(sent ? 'send secondary' : 'send', 'text', 'SMS')} ${send('send secondary', 'call', 'VOICE')}
    <label part="code-label" for="code">${say('code')}</label>
    <input
      part="code"
      id="code"
      name="code"
      dir="ltr"
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength="12"
      required
      aria-describedby="message"
      aria-invalid=${problem?.code === 'code_refused'}
    />
    ${button(sent ? 'confirm' : 'confirm secondary', say('confirm'), busy)}
  </form>`;
}

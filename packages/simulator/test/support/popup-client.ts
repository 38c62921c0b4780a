import { Window } from 'happy-dom';
import type { Simulator } from '../../src/index.ts';

/** One screen of the popup as a browser without scripts sees it. */
export interface Screen {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** From `data-testid="screen-…"`. */
  readonly name: string;
  readonly heading: string;
  /** What went wrong, when something did. */
  readonly problem: string | undefined;
  /** Labels of the fields, in order. */
  readonly labels: readonly string[];
  /** Names of the buttons, in order. */
  readonly buttons: readonly string[];
  /** Presses a button: sends the fields as they stand, with these changes. */
  press(button: string, changes?: Readonly<Record<string, string>>): Promise<Screen>;
  /** Chooses the radio button with this label, then presses one. */
  choose(label: string, button?: string, changes?: Readonly<Record<string, string>>): Promise<Screen>;
  /** What the script of the last screen would post. */
  handOver(): unknown;
}

/** The query FB.login opens the popup with, for a page at https://bsp.example. */
export function launchQuery(
  simulator: Simulator,
  changes: Readonly<Record<string, string | undefined>> = {},
): string {
  const all = {
    app_id: simulator.appId,
    config_id: simulator.configId,
    response_type: 'code',
    override_default_response_type: 'true',
    origin: 'https://bsp.example',
    cb: 'f1a2b3',
    ...changes,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) if (value !== undefined) query.set(name, value);
  return String(query);
}

/** Opens the popup, with `setup` as `extras.setup`. */
export async function openPopup(
  simulator: Simulator,
  setup: unknown = {},
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<Screen> {
  const query = launchQuery(simulator, { extras: JSON.stringify({ setup }), ...changes });
  return read(simulator, await fetch(`${simulator.url}/v26.0/dialog/oauth?${query}`));
}

/** `extras.setup` that offers these pre-verified numbers. */
export function withNumber(...ids: readonly string[]) {
  return { preVerifiedPhone: { ids } };
}

/** Goes on from the log-in with the person and business that are preselected. */
export async function toNumberScreen(logIn: Screen): Promise<Screen> {
  return (await logIn.press('Continue')).press('Continue');
}

async function read(simulator: Simulator, response: Response): Promise<Screen> {
  const html = await response.text();
  const { document } = new Window();
  document.write(html);
  const textOf = (selector: string) => document.querySelector(selector)?.textContent.trim();
  const textsOf = (selector: string) =>
    [...document.querySelectorAll(selector)].map((element) => element.textContent.trim());

  const press: Screen['press'] = async (button, changes = {}) => {
    const pressed = [...document.querySelectorAll('form button')].find(
      ({ textContent }) => textContent.trim() === button,
    );
    if (pressed === undefined) throw new Error(`no button "${button}" on ${html}`);
    const fields = new URLSearchParams();
    for (const input of document.querySelectorAll('form input')) {
      if (input.getAttribute('type') === 'radio' && !input.hasAttribute('checked')) continue;
      fields.set(input.getAttribute('name') ?? '', input.getAttribute('value') ?? '');
    }
    fields.set('action', pressed.getAttribute('value') ?? '');
    for (const [name, value] of Object.entries(changes)) fields.set(name, value);
    const action = document.querySelector('form')?.getAttribute('action') ?? '';
    return read(simulator, await fetch(simulator.url + action, { method: 'POST', body: fields }));
  };

  return {
    status: response.status,
    headers: response.headers,
    html,
    name: document.querySelector('main')?.getAttribute('data-testid')?.replace('screen-', '') ?? '',
    heading: textOf('h1') ?? '',
    problem: textOf('[data-testid=problem]'),
    labels: textsOf('form label'),
    buttons: textsOf('button'),
    press,
    choose(label, button = 'Continue', changes = {}) {
      const id = [...document.querySelectorAll('form label')]
        .find(({ textContent }) => textContent.trim() === label)
        ?.getAttribute('for');
      const radio = id === undefined || id === null ? null : document.getElementById(id);
      if (radio === null) throw new Error(`no choice "${label}" on ${html}`);
      const chosen = { [radio.getAttribute('name') ?? '']: radio.getAttribute('value') ?? '' };
      return press(button, { ...chosen, ...changes });
    },
    handOver: () => JSON.parse(textOf('#hand-over') ?? 'null'),
  };
}

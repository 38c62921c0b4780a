import { at } from '../../support/graph-client.ts';
import type { playground } from '../../support/playground.ts';
import { openPopup, type Screen } from '../../support/popup-client.ts';

export type Playground = Awaited<ReturnType<typeof playground>>;

/** Opens the popup with these extras. */
export const open = (simulator: Playground, extras: unknown) =>
  openPopup(simulator, {}, { extras: JSON.stringify(extras) });

/** The first message that the screen's script posts, read. */
export function messageOf(screen: Screen): unknown {
  const messages = at(screen.handOver(), 'messages');
  const message: unknown = Array.isArray(messages) ? messages[0] : undefined;
  return typeof message === 'string' ? JSON.parse(message) : undefined;
}

/** Presses one button after the other. */
export async function pressAll(from: Screen, ...buttons: readonly string[]): Promise<Screen> {
  let screen = from;
  for (const button of buttons) screen = await screen.press(button);
  return screen;
}

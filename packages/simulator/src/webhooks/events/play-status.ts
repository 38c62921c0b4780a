import type { Moment } from '../../world/simulation.ts';
import { sentMessageWith } from './find.ts';
import type { SimulatorEvent } from './simulator-event.ts';

const UNDELIVERABLE = {
  code: 131026,
  title: 'Message undeliverable',
  details: 'Message Undeliverable.',
};

/** A message of a business gets further, or fails. Throws RangeError when none was sent under this id. */
export function playStatus(
  { world, tell }: Moment,
  { messageId, status, error }: Extract<SimulatorEvent, { kind: 'message-status' }>,
): void {
  const message = sentMessageWith(world, messageId);
  message.status = status;
  const failure = error === undefined ? UNDELIVERABLE : { ...error, details: error.details };
  tell({
    kind: 'message-status',
    messageId,
    status,
    failure: status === 'failed' ? failure : undefined,
  });
}

/**
 * A function of the host's gave something that cannot be used. The message names what and says what is expected; it never
 * repeats a value, so that it may be logged.
 */
export class HostAnswerError extends TypeError {
  override readonly name = 'HostAnswerError';
}

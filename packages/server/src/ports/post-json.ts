/** One call to an address of the host's. */
export interface PostJsonInput {
  url: string;
  headers: Readonly<Record<string, string>>;
  /** JSON, as text: what is signed is what is sent, byte by byte. */
  body: string;
  /** For all of it, connecting included. Milliseconds. */
  timeoutMs: number;
}

/**
 * Posts JSON and tells the status of the answer; what else stands in the answer is thrown away. Follows no redirects.
 *
 * @throws PostError when no answer came
 */
export type PostJson = (input: PostJsonInput) => Promise<{ status: number }>;

/** No answer came. Its message is a code such as `ECONNREFUSED` or `TIMEOUT`, and nothing else: never an address or a text. */
export class PostError extends Error {
  override readonly name = 'PostError';
}

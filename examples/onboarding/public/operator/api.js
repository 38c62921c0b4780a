// @ts-check

/** A refusal of the kit's: `message` is a sentence for people, `code` the stable word for programs. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {string} [code]
   */
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/**
 * Calls the kit's operator API. What it answers is in the kit's documentation.
 *
 * @template Answer
 * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<Answer>}
 * @throws Refusal
 */
export async function call(method, path, body) {
  // The type also where there is no body: other sites' forms cannot send it, so the kit wants to see it.
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`/operator/api/${path}`, {
    method,
    ...(method === 'GET' ? {} : { headers }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Refusal('The server cannot be reached.');
  });
  if (answer.status === 401 || answer.status === 403) {
    // The log-in ran out, or somebody else logged in beside: the server knows where to go.
    window.location.reload();
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(detailOf(said) ?? `The server answered ${answer.status}.`, said.code);
  return said;
}

/**
 * What the kit says to do; where it only points at a list of what is wrong, that list.
 *
 * @param {{ detail?: string, issues?: { path: string, message: string }[] }} problem
 */
function detailOf({ detail = '', issues = [] }) {
  const named = issues.map(({ path, message }) => `${path} ${message}`).join('; ');
  if (named === '' || detail.includes(named)) return detail || undefined;
  return `${named.charAt(0).toUpperCase()}${named.slice(1)}.`;
}

/**
 * A sentence about what went wrong.
 *
 * @param {unknown} error
 */
export function sentenceOf(error) {
  return error instanceof Error ? error.message : 'That did not work.';
}

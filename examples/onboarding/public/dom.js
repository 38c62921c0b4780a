// @ts-check

/**
 * Makes an element. Texts become text nodes, so nothing from a server can become markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * The element with this id.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}`);
  return found;
}

const dayAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/**
 * A time in the visitor's own zone.
 *
 * @param {string} iso
 * @param {{ withClock?: boolean }} [options]
 */
export function timeOf(iso, { withClock = true } = {}) {
  return element('time', { datetime: iso }, (withClock ? dayAndTime : day).format(new Date(iso)));
}

/**
 * A status as a coloured word. `mood` is the colour, the word says it all.
 *
 * @param {string} word
 * @param {'good' | 'busy' | 'bad' | 'calm'} mood
 */
export function badge(word, mood) {
  return element('span', { class: `badge badge-${mood}` }, word);
}

/**
 * A line of a list of facts; nothing, where there is nothing to tell.
 *
 * @param {string} name
 * @param {Node | string | undefined} fact
 */
export function pair(name, fact) {
  return fact === undefined || fact === '' ? [] : [element('dt', {}, name), element('dd', {}, fact)];
}

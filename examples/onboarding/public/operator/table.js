// @ts-check
import { byId, element } from '../dom.js';

/** What each table shows, so that it is only touched when there is something new. */
const shown = new Map();

/**
 * Shows one row for each item. Whoever is at a button stays at it.
 *
 * @template Item
 * @param {string} id of the table
 * @param {Item[]} items
 * @param {(item: Item) => HTMLTableRowElement} rowOf
 * @param {boolean} isCut whether the server has more
 */
export function fill(id, items, rowOf, isCut) {
  const news = JSON.stringify(items);
  if (shown.get(id) === news) return;
  shown.set(id, news);
  const table = byId(id);
  const opened = table.contains(document.activeElement) ? document.activeElement?.id : undefined;
  table.querySelector('tbody')?.replaceChildren(...items.map(rowOf));
  if (opened) document.getElementById(opened)?.focus();
  table.hidden = items.length === 0;
  byId(`${id}-empty`).hidden = items.length > 0;
  byId(`${id}-more`).hidden = !isCut;
}

/**
 * A row; what is not known is a dash.
 *
 * @param {string} testId
 * @param {(Node | string | undefined)[]} cells
 */
export function row(testId, cells) {
  return element(
    'tr',
    { 'data-testid': testId },
    ...cells.map((cell) => element('td', {}, cell ?? element('span', { class: 'nothing' }, '–'))),
  );
}

/**
 * The name, and the id that the kit knows the customer by.
 *
 * @param {string} id
 * @param {Record<string, string>} names by id
 */
export function customer(id, names) {
  const name = names[id];
  if (name === undefined) return element('span', {}, id);
  return element('div', {}, element('span', { class: 'customer' }, name), element('small', {}, id));
}

/** Says above a table that there is more to the side, as long as there is. */
export function hintAtScrolling() {
  const observer = new ResizeObserver(() => {
    for (const region of document.querySelectorAll('.scroll')) {
      const hint = region.previousElementSibling;
      if (hint instanceof HTMLElement) hint.hidden = region.scrollWidth <= region.clientWidth;
    }
  });
  for (const watched of document.querySelectorAll('.scroll, .scroll > table')) observer.observe(watched);
}

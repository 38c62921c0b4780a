// The tables of docs/widget.md, in Markdown.
// @ts-check
import { fieldOf } from './read-widget.mjs';

/**
 * @param {import('./read-widget.mjs').Widget} widget
 * @param {import('custom-elements-manifest').CustomElementDeclaration} element
 * @returns {Record<string, string>} by the names that the markers have
 */
export function toTables({ element: { members, observed = [] }, events, statuses, codes }, element) {
  const { attributes = [], slots = [], cssParts = [], cssProperties = [] } = element;
  const fields = members.filter((member) => member.kind === 'field');
  const methods = members.filter((member) => member.kind === 'method');
  const bare = attributes.filter(({ fieldName }) => !fieldName);
  const described = (/** @type {{ name: string, description?: string }[]} */ list) =>
    list.map(({ name, description }) => [code(name), description]);
  return {
    attributes: table(
      ['property', 'attribute', 'type', 'default', 'meaning'],
      [
        ...fields.map((field) => [
          code(field.name) + (field.readonly ? ' (read only)' : ''),
          code(observed.find((name) => fieldOf(name) === field.name)),
          code(field.type.replace(/ \| undefined$/, '')),
          code(field.default),
          field.description,
        ]),
        ...bare.map(({ name, type, description }) => ['', code(name), code(type?.text), '', description]),
        ...methods.map(({ name, description }) => [code(`${name}()`), '', 'method', '', description]),
      ],
    ),
    events: table(
      ['event', 'class', 'fields', 'when'],
      events.map(({ name, type, fields: inside, description }) => [
        code(name),
        code(type),
        inside.map((field) => code(field.name)).join(', '),
        description,
      ]),
    ),
    parts: table(['part', 'what'], described(cssParts)),
    slots: table(
      ['slot', 'what'],
      slots.map(({ name, description }) => [name ? code(name) : '(without a name)', description]),
    ),
    'custom-properties': table(
      ['property', 'default', 'what'],
      cssProperties.map(({ name, default: given, description }) => [code(name), code(given), description]),
    ),
    states: table(
      ['status', 'meaning', 'claim statuses'],
      [
        ...statuses.map(({ name, description, claims }) => [
          code(name),
          description,
          claims.map(code).join(', '),
        ]),
        ...(element.cssStates ?? [])
          .filter(({ name }) => !statuses.some((status) => status.name === name))
          .map(({ name, description }) => [`${code(name)} (custom state only)`, description, '']),
      ],
    ),
    codes: table(
      ['code', 'meaning', 'what helps'],
      codes.codes.map(({ name, description, helps }) => [code(name), description, helps]),
    ),
  };
}

/** @param {string[]} head @param {(string | undefined)[][]} rows */
function table(head, rows) {
  return [head, head.map(() => '---'), ...rows]
    .map(
      (row) =>
        `| ${row.map((cell) => (cell ?? '').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`,
    )
    .join('\n');
}

/** @param {string | undefined} text */
function code(text) {
  return text ? `\`${text}\`` : '';
}

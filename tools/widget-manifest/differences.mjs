// Where what is documented and what the code does are not the same.
// @ts-check
import { classFile, className } from './read-class.mjs';
import { fieldOf } from './read-widget.mjs';

/** @typedef {import('./read-widget.mjs').Widget} Widget */

/** @param {Widget} widget @returns {string[]} one sentence for each */
export function differences(widget) {
  return [
    ...ofClass(widget),
    ...ofEvents(widget),
    ...ofView(widget),
    ...ofStatuses(widget),
    ...ofCodes(widget),
  ];
}

/** @param {Widget} widget @returns {string[]} */
function ofClass({ element, modules }) {
  const { description, members, observed, attributes } = element;
  const documented = new Set([
    ...members.map(({ name }) => name),
    ...attributes.map(({ name }) => fieldOf(name)),
  ]);
  return [
    ...when(!element.tagName, 'element.ts names no tag in HTMLElementTagNameMap.'),
    ...when(!modules.index || !modules.element, 'package.json has no `default` for `.` or for `./element`.'),
    ...when(!description, `${className} has no docstring.`),
    ...when(
      !observed,
      `${classFile}: \`observedAttributes\` is not an array of texts that can be read here.`,
    ),
    ...(observed ?? [])
      .filter((name) => !documented.has(fieldOf(name)))
      .map(
        (name) => `The attribute \`${name}\` is observed, but ${className} documents no field of that name.`,
      ),
    ...attributes
      .filter(({ name }) => !observed?.includes(name))
      .map(({ name }) => `@attr ${name}: the attribute is not observed.`),
    ...members.filter((one) => !one.description).map(({ name }) => `${className}.${name} has no docstring.`),
    ...members.filter((one) => !one.type).map(({ name }) => `${className}.${name} does not say its type.`),
    ...tags('attr', attributes),
  ];
}

/** @param {Widget} widget @returns {string[]} */
function ofEvents({ element: { fires }, events }) {
  return [
    ...when(events.length === 0, 'events/signup-events.ts has no SignupEventMap.'),
    ...events.flatMap(({ name, type, description }) => [
      ...when(!name, `The event class ${type} is not in SignupEventMap.`),
      ...when(!description, `The event class ${type} is missing, or has no docstring.`),
      ...when(
        name !== '' && !fires.some((tag) => tag.name === name && tag.type === type),
        `${type} has no \`@fires {${type}} ${name}\` on ${className}.`,
      ),
    ]),
    ...fires
      .filter((tag) => !events.some(({ name, type }) => tag.name === name && tag.type === type))
      .map((tag) => `@fires {${tag.type}} ${tag.name}: SignupEventMap has no such event.`),
    ...twice('fires', fires),
  ];
}

/** @param {Widget} widget @returns {string[]} */
function ofView({ element, drawn, properties }) {
  const { unread } = drawn;
  return [
    ...unread.map(
      (place) => `${place}: write the names of parts and slots as texts, so that they can be read.`,
    ),
    ...tags('csspart', element.parts),
    ...tags('slot', element.slots),
    ...tags('cssprop', element.properties),
    ...both('part', 'csspart', drawn.parts, element.parts, 'no template has such a part'),
    ...both('slot', 'slot', drawn.slots, element.slots, 'no template has such a slot'),
    ...both('custom property', 'cssprop', properties.keys(), element.properties, 'no style uses it'),
    ...[...properties]
      .filter(([, defaults]) => defaults.size > 1)
      .map(([name, defaults]) => `${name} has more than one default: ${[...defaults].join(' and ')}.`),
  ];
}

/** @param {Widget} widget @returns {string[]} */
function ofStatuses({ statuses, element }) {
  return [
    ...when(statuses.length === 0, 'status.ts has no `widgetStatuses` that can be read here.'),
    ...statuses
      .filter(({ description }) => !description)
      .map(({ name }) => `The status \`${name}\` has no description before it in \`widgetStatuses\`.`),
    ...element.states
      .filter((tag) => statuses.some(({ name }) => name === tag.name))
      .map(({ name }) => `@cssstate ${name}: statuses are described in status.ts alone.`),
    ...tags('cssstate', element.states),
  ];
}

/** @param {Widget} widget @returns {string[]} */
function ofCodes({ codes: { codes, unread } }) {
  return [
    ...when(codes.length === 0, 'launch/signup-problem.ts has no SignupErrorCode that can be read here.'),
    ...unread.map((type) => `SignupErrorCode: \`${type}\` is not a union of texts that can be read here.`),
    ...codes.flatMap(({ name, description, helps }) => [
      ...when(!description, `The problem code \`${name}\` has no description before it.`),
      ...when(!helps, `The problem code \`${name}\` does not say what helps: add a line @helps.`),
    ]),
  ];
}

/**
 * @param {string} what @param {string} tag @param {Iterable<string>} used
 * @param {import('./read-class.mjs').Named[]} documented @param {string} unused
 */
function both(what, tag, used, documented, unused) {
  const names = new Set(documented.map(({ name }) => name));
  const uses = new Set(used);
  return [
    ...[...uses]
      .filter((name) => !names.has(name))
      .map((name) => `The ${what} \`${name}\` has no @${tag} on ${className}.`),
    ...[...names].filter((name) => !uses.has(name)).map((name) => `@${tag} ${name}: ${unused}.`),
  ];
}

/** @param {string} tag @param {import('./read-class.mjs').Named[]} documented */
function tags(tag, documented) {
  const bare = documented.filter(({ description }) => !description);
  return [
    ...bare.map(({ name }) => `@${tag} ${name}: write \`@${tag} name - what it is\`.`),
    ...twice(tag, documented),
  ];
}

/** @param {string} tag @param {import('./read-class.mjs').Named[]} documented */
function twice(tag, documented) {
  const names = documented.map(({ name }) => name);
  return [...new Set(names.filter((name, place) => names.indexOf(name) !== place))].map(
    (name) => `@${tag} ${name} is there twice.`,
  );
}

/** @param {boolean} bad @param {string} sentence */
function when(bad, sentence) {
  return bad ? [sentence] : [];
}

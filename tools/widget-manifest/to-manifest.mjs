// `custom-elements.json`: https://github.com/webcomponents/custom-elements-manifest
// @ts-check
import { className } from './read-class.mjs';
import { fieldOf } from './read-widget.mjs';

/** @typedef {import('./read-widget.mjs').Widget} Widget */
/** @import * as Schema from 'custom-elements-manifest' */

/** @param {Widget} widget @returns {Schema.Package} */
export function toManifest(widget) {
  const { element, events, modules } = widget;
  const declaration = { name: className, module: modules.index };
  return {
    schemaVersion: '2.1.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: modules.index,
        declarations: [elementOf(widget), ...events.map(eventClass)],
        exports: [className, ...events.map(({ type }) => type)].map((name) => ({
          kind: 'js',
          name,
          declaration: { name, module: modules.index },
        })),
      },
      {
        kind: 'javascript-module',
        path: modules.element,
        declarations: [],
        exports: [
          { kind: 'js', name: className, declaration },
          { kind: 'custom-element-definition', name: element.tagName, declaration },
        ],
      },
    ],
  };
}

/** @param {Widget} widget @returns {Schema.CustomElementDeclaration} */
export function elementOf({ element, events, statuses, properties }) {
  return {
    kind: 'class',
    customElement: true,
    name: className,
    tagName: element.tagName,
    superclass: { name: 'HTMLElement', package: 'global:' },
    description: element.description,
    attributes: (element.observed ?? []).map((name) => attribute(element, name)),
    members: element.members.map((member) => memberOf(member, element.observed ?? [])),
    events: events.map(({ name, type, description }) => ({ name, type: { text: type }, description })),
    slots: element.slots.map(described),
    cssParts: element.parts.map(described),
    cssProperties: element.properties.map((tag) => ({
      ...described(tag),
      ...optional('default', [...(properties.get(tag.name) ?? [])][0]),
    })),
    cssStates: [...statuses, ...element.states].map(described),
  };
}

/** @param {Widget['element']} element @param {string} name @returns {Schema.Attribute} */
function attribute(element, name) {
  const field = element.members.find((member) => member.name === fieldOf(name));
  const tag = element.attributes.find((one) => one.name === name);
  return {
    name,
    type: { text: field?.type ?? 'string' },
    description: tag?.description ?? field?.description ?? '',
    ...optional('default', field?.default),
    ...optional('fieldName', field?.name),
  };
}

/** @param {import('./read-class.mjs').Member} member @param {string[]} observed @returns {Schema.CustomElementField | Schema.ClassMethod} */
function memberOf({ kind, name, type, description, default: given, readonly }, observed) {
  if (kind === 'method') return { kind, name, description };
  return {
    kind,
    name,
    type: { text: type },
    description,
    ...optional('default', given),
    ...(readonly ? { readonly } : {}),
    ...optional(
      'attribute',
      observed.find((one) => fieldOf(one) === name),
    ),
  };
}

/** @param {import('./read-events.mjs').SignupEvent} event @returns {Schema.ClassDeclaration} */
function eventClass({ type, description, fields }) {
  return {
    kind: 'class',
    name: type,
    description,
    superclass: { name: 'Event', package: 'global:' },
    members: fields.map((field) => ({
      kind: 'field',
      name: field.name,
      type: { text: field.type },
      ...optional('description', field.description),
      readonly: true,
    })),
  };
}

/** @param {{ name: string, description: string }} one */
function described({ name, description }) {
  return { name, description };
}

/** @template {string} Key @param {Key} key @param {string | undefined} value @returns {{ [key in Key]?: string }} */
function optional(key, value) {
  return /** @type {{ [key in Key]?: string }} */ (value ? { [key]: value } : {});
}

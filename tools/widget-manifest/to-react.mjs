// The types of the element for React 19, which sets properties and adds listeners of custom elements by itself.
// @ts-check
import { classFile, className } from './read-class.mjs';

/**
 * @param {import('custom-elements-manifest').CustomElementDeclaration} element
 * @returns {string} TypeScript
 */
export function toReact({ tagName = '', members = [], events = [] }) {
  const classes = [...new Set(events.map(({ type }) => type.text))].toSorted();
  const settable = members.filter((member) => member.kind === 'field').filter(({ readonly }) => !readonly);
  return `// Made by tools/widget-manifest from the element's own source: do not edit, run \`npx -y pnpm@10 manifest\`.
import type { HTMLAttributes, RefAttributes } from 'react';
import type { ${className} } from '../${classFile}';
import type { ${classes.join(', ')} } from '../events/signup-events.ts';

/**
 * The props of \`<${tagName}>\` in React 19. Import \`@embedded-signup-kit/widget/element\` before React draws: what is
 * not a text can only be set on an element whose tag is registered.
 */
export interface EmbeddedSignupProps
  extends HTMLAttributes<${className}>, RefAttributes<${className}> {
  /** The attribute; \`className\` works as well. */
  class?: string | undefined;
${settable.map(({ name, description }) => `${comment(description)}  ${name}?: ${className}['${name}'];`).join('\n')}
${events.map(({ name, type, description }) => `${comment(description)}  'on${name}'?: ((event: ${type.text}) => void) | undefined;`).join('\n')}
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      '${tagName}': EmbeddedSignupProps;
    }
  }
}
`;
}

/** @param {string | undefined} description */
function comment(description) {
  return `  /** ${(description ?? '').replaceAll('\n\n', ' ')} */\n`;
}

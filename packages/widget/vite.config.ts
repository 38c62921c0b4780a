import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** Takes the whitespace out of the style sheet and the templates, which no minifier looks into. */
const tightTemplates: Plugin = {
  name: 'tight-templates',
  enforce: 'pre',
  transform(code, id) {
    if (id.endsWith('/view/styles.ts'))
      return {
        code: code
          .replace(/\n\s+/g, '')
          .replace(/([:,;]) | (?={)/g, '$1')
          .replaceAll(';}', '}'),
        map: null,
      };
    if (/\/view\/(?!styles)[\w-]+\.ts$/.test(id))
      return {
        code: code
          .replace(/(?<=[>}])\n\s*(?=[<$])|\n\s*(?=>)/g, '')
          .replace(/\n\s+/g, '\n')
          // HTML needs no quotes around a word.
          .replace(/="([\w-]+)"(?=[\s>])/g, '=$1'),
        map: null,
      };
    return undefined;
  },
};

const languages = readdirSync(new URL('src/labels/languages/', import.meta.url)).map((file) =>
  basename(file, '.ts'),
);

// Builds the folder for a CDN: the element, Lit included; what runs the signup; the pieces of the
// card that come later; and the languages, for who asks for them.
// Each is an entry of its own, so that every file has a name that stays and none imports another but by `import()`.
export default defineConfig({
  plugins: [tightTemplates],
  resolve: { conditions: ['@embedded-signup-kit/source', 'import', 'module', 'browser', 'default'] },
  build: {
    outDir: 'dist/cdn',
    target: 'es2022',
    copyPublicDir: false,
    lib: {
      entry: {
        'embedded-signup': 'src/element.ts',
        signup: 'src/launch/create-signup.ts',
        extra: 'src/view/extra.ts',
        ...Object.fromEntries(languages.map((name) => [name, `src/labels/languages/${name}.ts`])),
      },
      formats: ['es'],
      fileName: (_, name) => `${name}.js`,
    },
    rolldownOptions: {
      output: {
        // As constants, the minifier can put their values where they are used.
        topLevelVar: false,
        // Vite leaves the whitespace in a library's ES module; nothing bundles this file again, so it may go.
        minify: true,
        comments: { legal: true, annotation: false, jsdoc: false },
      },
    },
  },
});

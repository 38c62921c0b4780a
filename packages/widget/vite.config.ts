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
    if (id.endsWith('/view/draw.ts'))
      return {
        code: code.replace(/(?<=[>}])\n\s*(?=[<$])|\n\s*(?=>)/g, '').replace(/\n\s+/g, '\n'),
        map: null,
      };
    return undefined;
  },
};

// Builds the files for a CDN: one ES module that registers the tag and paints, Lit included.
export default defineConfig({
  plugins: [tightTemplates],
  resolve: { conditions: ['@embedded-signup-kit/source', 'import', 'module', 'browser', 'default'] },
  build: {
    outDir: 'dist/cdn',
    target: 'es2022',
    copyPublicDir: false,
    lib: { entry: 'src/element.ts', formats: ['es'], fileName: () => 'embedded-signup.js' },
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

import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

// For Node: our own files become one module per entry, everything installed stays an import.
export default defineConfig({
  ssr: { external: Object.keys(manifest.dependencies) },
  build: {
    ssr: true,
    outDir: 'dist',
    // `dist/pages` was built before.
    emptyOutDir: false,
    target: 'node20',
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: {
      input: { main: 'src/main.ts', 'create-site': 'src/create-site.ts' },
      // Beside the entries, because files find their neighbours by their own place.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});

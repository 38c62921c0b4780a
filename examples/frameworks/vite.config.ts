import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// The pages of React and Vue. The plain one needs no build, and is served as it is.
export default defineConfig({
  plugins: [
    vue({
      // Or Vue would look for a component of that name.
      template: { compilerOptions: { isCustomElement: (tag) => tag === 'embedded-signup' } },
    }),
  ],
  build: {
    outDir: 'dist/pages',
    rolldownOptions: { input: { react: 'react/index.html', vue: 'vue/index.html' } },
  },
});

import { fileURLToPath, URL } from 'node:url'
import { defineConfig } from 'vite'

/** The player of recorded purchases: one script and one stylesheet, for the desk and for files that are taken away. */
export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('./dist/film', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    lib: { entry: fileURLToPath(new URL('./film/player.ts', import.meta.url)), formats: ['iife'], name: 'BaoheFilm', fileName: () => 'player.js', cssFileName: 'player' },
  },
})

import vue from '@vitejs/plugin-vue'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, URL } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { buildId, recordedPages, mendedRecorder } from './building/recorded'

const root = fileURLToPath(new URL('.', import.meta.url))
const build = buildId(root)
const backend = process.env.BAOHE_BACKEND ?? 'http://127.0.0.1:8100'
const served = ['/api', '/open', '/callbacks', '/desk', '/log', '/catalogue', '/wallet', '/static']

/** The server sends `x.js.br` or `x.js.gz` beside `x.js` to a browser that accepts it, and never packs anything itself. */
function packed(folder: string): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (!/\.(js|css|svg)$/.test(file)) continue
          const whole = readFileSync(join(folder, file))
          writeFileSync(join(folder, `${file}.br`), brotliCompressSync(whole))
          writeFileSync(join(folder, `${file}.gz`), gzipSync(whole, { level: 9 }))
        }
      },
    },
  }
}

export default defineConfig(({ command }) => ({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __BAOHE_BUILD__: JSON.stringify(command === 'build' ? build : 'unbuilt'),
    __VUE_OPTIONS_API__: 'true', // Vant's components read it
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(served.map((path) => [path, { target: backend, changeOrigin: false }])),
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the server's CSP allows no data: scripts or styles
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  plugins: [
    vue(),
    mendedRecorder(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: null,
      includeAssets: ['icon.svg', 'icon-192.png'],
      manifest: {
        name: '保和',
        short_name: '保和',
        description: '看得懂、买得快、赔得清的保险',
        lang: 'zh-CN',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#F5F7F6',
        theme_color: '#F5F7F6',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg}'],
        // Only pages of the app fall back to its shell; everything the server draws or answers goes to the network.
        navigateFallback: '/index.html',
        navigateFallbackAllowlist: [
          /^\/$/,
          /^\/(products|compare|needs|basket|buy|pay|policies|claims|service|mine|sign-in|family|verify|more)(\/|$)/,
        ],
        navigateFallbackDenylist: [/\.pdf$/],
        runtimeCaching: [],
        cleanupOutdatedCaches: true,
      },
    }),
    recordedPages(root, build),
    packed(fileURLToPath(new URL('./dist', import.meta.url))),
  ],
}))

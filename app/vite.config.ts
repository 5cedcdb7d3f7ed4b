import vue from '@vitejs/plugin-vue'
import { fileURLToPath, URL } from 'node:url'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const backend = process.env.BAOHE_BACKEND ?? 'http://127.0.0.1:8100'
const served = ['/api', '/open', '/callbacks', '/desk', '/log', '/wallet', '/static']

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
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
          /^\/(products|compare|buy|pay|policies|claims|service|mine|sign-in|family|verify|more)(\/|$)/,
        ],
        navigateFallbackDenylist: [/\.pdf$/],
        runtimeCaching: [],
        cleanupOutdatedCaches: true,
      },
    }),
  ],
})

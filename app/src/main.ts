import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n, startI18n } from './i18n'
import { router } from './router'
import { useSession } from './stores/session'
import './styles/vant.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'

const app = createApp(App).use(createPinia()).use(i18n)
void useSession().ready()
await startI18n()
app.use(router)
app.mount('#app')

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  const { registerSW } = await import('virtual:pwa-register')
  registerSW({ immediate: true })
}

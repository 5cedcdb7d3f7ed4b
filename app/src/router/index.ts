import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { i18n } from '@/i18n'
import { follow, pause } from '@/recording'
import { useAdviser } from '@/stores/adviser'
import { useSession } from '@/stores/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** The tab this page is the root of; pages without one show a way back instead. */
    tab?: 'home' | 'products' | 'policies' | 'service' | 'mine' | 'claims'
    /** Sent to sign in first, and back here after. */
    signedIn?: boolean
    /** i18n key of the document title. */
    title?: string
  }
}

const areas = import.meta.glob<{ routes: RouteRecordRaw[] }>('../pages/*/routes.ts', { eager: true })

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...Object.values(areas).flatMap((area) => area.routes),
    { path: '/:rest(.*)*', name: 'lost', component: () => import('../pages/home/LostPage.vue') },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach(async (to) => {
  if (to.query.adviser) useAdviser().follow(to.query.adviser)
  if (!to.meta.signedIn) return true
  const session = useSession()
  await session.ready()
  return session.signedIn ? true : { path: '/sign-in', query: { next: to.fullPath }, replace: true }
})

router.beforeResolve(pause)

router.afterEach((to) => {
  void follow(to)
  const title = to.meta.title ? i18n.global.t(to.meta.title) : ''
  document.title = title ? `${title} · ${i18n.global.t('app.name')}` : i18n.global.t('app.name')
})

/** One step back inside the app, or to `otherwise` when this page was the first. */
export function goBack(otherwise: string): void {
  if (window.history.state?.back) router.back()
  else void router.replace(otherwise)
}

import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/consent/:token', name: 'consent', component: () => import('./ConsentPage.vue'), meta: { title: 'consent.title' } },
]

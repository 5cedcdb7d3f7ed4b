import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/needs', name: 'needs', component: () => import('./NeedsPage.vue'), meta: { title: 'needs.title' } },
]

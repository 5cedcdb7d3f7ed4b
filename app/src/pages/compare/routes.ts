import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/compare', name: 'compare', component: () => import('./ComparePage.vue'), meta: { title: 'compare.title' } },
]

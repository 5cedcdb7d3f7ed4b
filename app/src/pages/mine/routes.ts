import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/mine', name: 'mine', component: () => import('./MinePage.vue'), meta: { tab: 'mine', title: 'mine.title' } },
  { path: '/mine/kept', name: 'kept', component: () => import('./KeptPage.vue'), meta: { title: 'mine.kept.title' } },
]

import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/service', name: 'service', component: () => import('./ServicePage.vue'), meta: { tab: 'service', title: 'app.tab.service' } },
]

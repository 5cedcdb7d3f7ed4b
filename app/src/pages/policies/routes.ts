import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/policies', name: 'policies', component: () => import('./PoliciesPage.vue'), meta: { tab: 'policies', title: 'app.tab.policies' } },
]

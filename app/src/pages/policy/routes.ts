import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/policies/:id', name: 'policy', component: () => import('./PolicyPage.vue'), meta: { signedIn: true, title: 'policy.title' } },
  { path: '/policies/:id/leave', name: 'policy-leave', component: () => import('./LeavePage.vue'), meta: { signedIn: true, title: 'policy.leave.title' } },
]

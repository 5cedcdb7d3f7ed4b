import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/pay/:id', name: 'pay', component: () => import('./PaymentPage.vue'), meta: { signedIn: true, title: 'pay.title' } },
]

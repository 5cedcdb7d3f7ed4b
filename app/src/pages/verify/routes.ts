import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/verify/:token?', name: 'verify', component: () => import('./VerifyPage.vue'), meta: { title: 'verify.title' } },
]

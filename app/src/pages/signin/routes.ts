import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('./SignInPage.vue'), meta: { title: 'signin.title' } },
  { path: '/demo/inbox', name: 'demo-inbox', component: () => import('./InboxPage.vue'), meta: { title: 'signin.inbox' } },
]

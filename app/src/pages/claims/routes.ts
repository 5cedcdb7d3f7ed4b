import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/claims', name: 'claims', component: () => import('./ClaimsPage.vue'), meta: { tab: 'claims', title: 'claims.title' } },
  { path: '/claims/new', name: 'claim-new', component: () => import('./SayPage.vue'), meta: { signedIn: true, title: 'claims.start.title' } },
  { path: '/claims/form', name: 'claim-form', component: () => import('./ClaimStartPage.vue'), meta: { signedIn: true, title: 'claims.start.title' } },
  { path: '/policies/:id/claim', name: 'claim-start', component: () => import('./ClaimStartPage.vue'), meta: { signedIn: true, title: 'claims.start.title' } },
  { path: '/claims/:id/messages', name: 'claim-messages', component: () => import('./MessagesPage.vue'), meta: { signedIn: true, title: 'claims.messages.title' } },
  { path: '/claims/:id', name: 'claim', component: () => import('./ClaimPage.vue'), meta: { signedIn: true, title: 'claims.title' } },
]

import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/service', name: 'service', component: () => import('./ServicePage.vue'), meta: { tab: 'service', title: 'app.tab.service' } },
  { path: '/service/claim', name: 'claim-chat', component: () => import('./ClaimChat.vue'), meta: { signedIn: true, title: 'claims.chat.title' } },
]

import type { RouteRecordRaw } from 'vue-router'

const meta = { signedIn: true, title: 'buy.title' }

export const routes: RouteRecordRaw[] = [
  { path: '/buy/decision/:id/papers', name: 'referral-papers', component: () => import('./PapersPage.vue'), meta },
  { path: '/buy/:quote/report', name: 'report', component: () => import('./ReportPage.vue'), meta },
]

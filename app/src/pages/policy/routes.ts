import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/policies/:id', name: 'policy', component: () => import('./PolicyPage.vue'), meta: { signedIn: true, title: 'policy.title' } },
  { path: '/policies/:id/plan', name: 'policy-plan', component: () => import('./PlanPage.vue'), meta: { signedIn: true, title: 'plan.title' } },
  { path: '/policies/:id/reinstate', name: 'policy-reinstate', component: () => import('./ReinstatePage.vue'), meta: { signedIn: true, title: 'plan.ask.title' } },
  { path: '/policies/:id/lower', name: 'policy-lower', component: () => import('./LowerPage.vue'), meta: { signedIn: true, title: 'policy.lower.title' } },
  { path: '/policies/:id/leave', name: 'policy-leave', component: () => import('./LeavePage.vue'), meta: { signedIn: true, title: 'policy.leave.title' } },
]

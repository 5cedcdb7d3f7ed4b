import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/family', name: 'family', component: () => import('./FamilyPage.vue'), meta: { signedIn: true, title: 'family.title' } },
  { path: '/family/new', name: 'family-new', component: () => import('./PersonPage.vue'), meta: { signedIn: true, title: 'family.add' } },
  { path: '/family/:id', name: 'family-person', component: () => import('./PersonPage.vue'), meta: { signedIn: true, title: 'family.title' } },
]

import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/introductions/:token', name: 'introduction', component: () => import('./IntroductionPage.vue'), meta: { signedIn: true, title: 'introductions.title' } },
]

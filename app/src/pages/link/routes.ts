import type { RouteRecordRaw } from 'vue-router'

/** The token is the fragment: a browser sends it to nobody, so it stands in no log and in no Referer. */
export const routes: RouteRecordRaw[] = [
  { path: '/c', name: 'claim-link', component: () => import('./LinkPage.vue'), meta: { title: 'link.title' } },
]

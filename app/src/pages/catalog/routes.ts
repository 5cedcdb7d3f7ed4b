import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/products', name: 'products', component: () => import('./CatalogPage.vue'), meta: { tab: 'products', title: 'app.tab.products' } },
]

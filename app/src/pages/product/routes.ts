import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/products/:code', name: 'product', component: () => import('./ProductPage.vue'), meta: { title: 'product.title' } },
  { path: '/products/:code/clauses', name: 'clauses', component: () => import('./ClausesPage.vue'), meta: { title: 'product.clauses' } },
  { path: '/products/:code/exclusions', name: 'exclusions', component: () => import('./ExclusionsPage.vue'), meta: { title: 'product.not_covered' } },
  { path: '/products/:code/rates', name: 'rates', component: () => import('./RatesPage.vue'), meta: { title: 'product.rates' } },
  { path: '/products/:code/statement', name: 'statement', component: () => import('./StatementPage.vue'), meta: { title: 'product.statement' } },
]

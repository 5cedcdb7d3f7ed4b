import type { RouteRecordRaw } from 'vue-router'

const meta = { signedIn: true, title: 'basket.title' }

export const routes: RouteRecordRaw[] = [
  { path: '/basket', name: 'basket', component: () => import('./BasketPage.vue'), meta },
  { path: '/basket/sign', name: 'basket-sign', component: () => import('./SittingPage.vue'), meta },
  { path: '/basket/pay', name: 'basket-pay', component: () => import('./BasketPayPage.vue'), meta },
]

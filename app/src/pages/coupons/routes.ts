import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/mine/coupons', name: 'coupons', component: () => import('./CouponsPage.vue'), meta: { signedIn: true, title: 'coupons.title' } },
  { path: '/mine/coupons/:id', name: 'coupon', component: () => import('./CouponPage.vue'), meta: { signedIn: true, title: 'coupons.one' } },
]

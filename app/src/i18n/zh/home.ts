export default {
  large: '适老版', standard: '回到标准版', person: '人工',
  search: '搜险种、公司或保什么', scenes: '按场景看',
  family: '我家的保障', people: '{n} 人', in_force: '{n} 份有效', who: '家人',
  kind: { medical: '医疗', critical: '重疾', accident: '意外', life: '寿险' },
  held: '有', none: '无', not_for_age: '这个年龄不适用',
  no_family: '还没有家人', no_family_detail: '加上自己和家人，投保时不用再填，也能看清谁缺什么。', add_person: '加一位家人',
  next: '接下来', all_next: '全部 {n} 件', do_it: '去处理',
  suggestion: '一条建议', see_product: '去看看', not_needed: '不需要', switch_off: '关闭建议',
  sign_in: '用手机号登录', verify: '验证一份保单的真假',
  teach: {
    products: '在售产品', title: '在这里买保险，有四点不同',
    path: { title: '先看以后的价', detail: '每个年龄交多少钱，付款前就画给你看' },
    not_covered: { title: '不保什么，一样大', detail: '和“保什么”并排，每一条都有白话' },
    claim: { title: '理赔每一步都能看懂', detail: '小额清楚的即时到账，拒赔只能由人作出' },
    leave: { title: '走和来一样容易', detail: '退保入口在保单第一屏，犹豫期内全额退' },
  },
  big: {
    you: '{name}，你有', policies: '{n} 份保险，有效', see: '看我的保单',
    start: '第一次来？', start_detail: '用手机号登录，就能看到自己的保险', hurt: '受伤了？', hurt_detail: '说一句话，拍几张照片就行', claim: '我要理赔',
    talk: '想找人说', talk_detail: '有真人接，不用按键选', call: '打电话', look: '看保险', more: '更多',
  },
}

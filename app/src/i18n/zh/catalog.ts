export default {
  filter: '筛选', all: '全部', any: '不限', found: '共 {n} 款', from_a: { month: '/ 月起', year: '/ 年起', order: '/ 单起' },
  nothing: '没有找到', nothing_detail: '换个说法，或去掉几个筛选条件。没有的产品我们不会硬凑。', clear: '清空条件', ask_person: '问问真人',
  more: '再看 {n} 款', order: '按产品编号排列，不按价格排名，也不收排序费。',
  takes_age: '{n} 岁还能买', waiting: '等待期', take_away: '，点此去掉', meant: '没有完全一样的，按“', meant_end: '”找的。', partly: '没有一款同时满足这几个词，下面的各满足一部分。',
  try: '可以这样搜：', order_words: '按和你说的话的贴近程度排列，不按价格排名，也不收排序费。', needs: '不知道要什么？做一次家庭保障检查',
  hints: '搜索建议', hint: { product: '产品', line: '险种', insurer: '公司', word: '搜' }, left: '{n} 款',
  pick: '对比', picked: '已选', pick_name: '对比 {name}', compare: '去对比', compare_full: '最多对比 3 款，先移出一款', compare_now: '去对比这 {n} 款', chosen: '已选 {n} 款', one_more: '再选一款就能比', drop: '清空',
  line: '险种', insurer: '保险公司', age: '被保险人年龄', apply: '看结果',
  lines: {
    medical: '医疗', critical_illness: '重疾', elder_care: '老年医疗', accident: '意外', sudden_death: '猝死关爱', term_life: '定期寿', whole_life: '终身寿', annuity: '年金',
    compulsory_motor: '交强险', commercial_motor: '商业车险', ride: '骑行', shared_car: '共享汽车', travel: '旅行', flight_delay: '航班延误', home: '家财', pet: '宠物',
    freight_return: '退货运费', goods_quality: '商品质量', broken_screen: '碎屏', account_security: '账户安全', credit_guarantee: '信用保证',
  },
}

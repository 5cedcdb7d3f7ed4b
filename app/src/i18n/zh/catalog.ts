export default {
  filter: '筛选', all: '全部', any: '不限', found: '共 {n} 款', from_a: { month: '/ 月起', year: '/ 年起', order: '/ 单起' },
  nothing: '没有找到', nothing_detail: '换个说法，或去掉几个筛选条件。没有的产品我们不会硬凑。', clear: '清空条件', ask_person: '问问真人',
  more: '再看 {n} 款', order: '按上架时间排列，不按价格排名，也不收排序费。',
  pick: '对比', picked: '已选', pick_name: '对比 {name}', compare: '去对比', compare_full: '最多对比 3 款，先移出一款', compare_now: '去对比这 {n} 款', chosen: '已选 {n} 款', one_more: '再选一款就能比', drop: '清空',
  line: '险种', insurer: '保险公司', age: '被保险人年龄（只看还能买的）', apply: '看结果',
  lines: { medical: '医疗', accident: '意外', term_life: '定期寿', freight_return: '退货运费' },
}

export default {
  title: '产品对比', count: '对比 {n} 款', choose: '去挑产品',
  empty: '先挑 2 到 3 款', empty_detail: '在产品列表点“对比”，就能把保什么、不保什么、等待期和价格并排看。',
  differences: '最要紧的 {n} 处不同', only: '只看不同', different: '不同的 {n} 项', same: '相同的 {n} 项', marked: '粗体划线', mark_means: '与其余不同',
  order: '按你加入的顺序排列，不按价格排名，也不收排序费。', see: '看{name}', for_whom: '给谁比', work_out: '重新比一比',
  clauses: '条款原文', clauses_note: '同一件事，各家条款怎么写。文字相近的条款里，只有这一家有的句子会划线。', alike: '相同', unlike: '不同', no_clause: '条款里没有单独写这一点。',
  social: { yes: '有医保', no: '无医保' },
}

export default {
  sending: '正在检查和上传…', drop: '不传这份', confirmed: '已核对', reading: '正在读图上的数值，通常几秒', unreadable: '没有读出数值。图会原样给核保员看，不用重拍。',
  check: '机器读的可能有错，请对照图片。你确认过的才作数。', doubtful: '看不太清', take: '就是 {value}', absent: '图上没有这一项', there: '图上有', left: '还有 {n} 项没核对', confirm: '核对无误，确认这 {n} 项', none: '没有', edit: '修改', remove: '移除这一页',
  papers: '补充材料', papers_by: '核保员 {name} 想看下面几样，一次列全了。最晚 {at} 传上来；这段时间不占答复期限。', papers_closed: '这份核保已有结论，材料只能看。', papers_there: '材料已交给核保员。还想补充，可以继续传。',
  given: '已传', unavailable: '没有这份', missing: '还没传', one_more: '再加一页', take_picture: '拍照或选文件（图片、PDF）', have: '我又找到了', have_not: '我没有这份材料', sealed: '图片会重新生成再加密保存，只有你和核保员能看。',
  wait_reading: '正在读，请稍等', wait_missing: '还差 {n} 样', hand_in: '交给核保员', hand_in_unchecked: '交给核保员（{n} 页没核对）',
  standard: '标准条件', offered: '核保员的条件', loading: '加费', no: '没有', left_out: '另外不保', as_clauses: '按条款', nothing_more: '没有增加', more: '比标准多付', why: '{by}的理由：', valid_until: '有效到 {at}。不答复就自动失效，不会扣款。',
  accept: '接受', decline: '不接受', decline_title: '不接受这个条件？', decline_detail: '不接受就不按这个条件投保，也不会扣款。这个条件收回后不能再选，以后可以重新投保。', think: '再想想', decline_sure: '不接受',
  underwriter: '核保员 {name}', clock_stands: '等你补材料到 {at}，期间不占答复时间', to_papers: '还差 {n} 样材料，去上传', to_check: '有 {n} 页读好了，去核对', to_hand_in: '材料齐了，交给核保员', see_papers: '看交过的材料', progress: '进度',
  offer_title: '核保员给出了条件，等你决定', offer_detail: '接受后再填投保信息、签名、付款；不接受不影响以后投保。',
  review: '不认同系统的结果，请人复核', review_title: '请核保员复核', review_detail: '系统按规则给的结果，一位具名的核保员会重新看，两个工作日内答复。复核只会维持或改善条件，不会更差。答复之前先不签字、不付款。', review_reason: '哪里不对、有什么要补充的', review_send: '请人复核', reviewing: '正在请人复核，只会维持或改善。答复之前先不签字、不付款。',
  report: '有体检报告？拍照帮你填', report_title: '用体检报告帮你填', report_intro: '拍下体检报告、化验单或出院小结，读出里面的数值给你核对。核对过的才会用来填，最后怎么答由你决定。', report_kind: '是哪一种', kinds: { health_report: '体检报告', lab_report: '化验单', discharge_summary: '出院小结' },
  report_consent: '我已取得被保险人同意，单独同意读取和保存这份报告里的健康信息，用于这次核保和以后的理赔。', report_filled: '已帮你填好 {n} 题，答题时还可以改', report_nothing: '这次的问题里没有用得上的数值；已核对的报告在转人工时会给核保员看。', report_back: '去答题', report_first: '先勾选同意',
}

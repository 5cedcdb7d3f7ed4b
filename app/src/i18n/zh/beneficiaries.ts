export default {
  title: '受益人变更', now: '现在的身故受益人', new: '改成', edit: '变更受益人', save: '确认变更', save_ask: '提交，再请被保险人同意', changed: '已变更，马上生效', history: '变更记录', number: '第 {n} 号批注', line: '{name}（第 {n} 顺位 {share}%）', and: '、',
  waits: '等 {name} 同意后才生效，改为：', asks: '{name} 是成年人，要本人在自己的手机上同意，变更才有效。', state: { waiting: '等被保险人同意', effective: '已生效', refused: '被保险人不同意', void: '已作废' },
}

export default {
  title: '转介绍', from: '介绍你的公司', to: '介绍给', yes: '同意', no: '不同意', take_back: '撤回同意',
  state: {
    agreed: '你已同意。对方的联系人可以看到你的手机号，直到你撤回。', declined: '你没有同意，什么都没有转交。',
    taken_back: '同意已撤回或已过期，不会再转交你的资料。', answered: '这个链接已由别人答复。',
  },
}

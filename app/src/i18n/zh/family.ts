export default {
  title: '家人', add: '加一位家人', edit: '家人资料', saved: '已保存',
  relation: { self: '本人', spouse: '配偶', child: '子女', parent: '父母', other: '其他' },
  sex: { male: '男', female: '女' },
  name: '姓名', name_needed: '请填身份证上的姓名', is: '是你的', relation_needed: '请选一项',
  number: '身份证号', number_hint: '离开这一格后马上核对；可以直接粘贴', number_needed: '请填 18 位身份证号', read: '核对无误：{birth} 出生，{sex}，{region}',
  social: '有没有基本医保', social_yes: '有医保', social_no: '没有', social_needed: '请选一项，会影响医疗险价格',
  occupation: '职业（意外险需要）', occupation_hint: '选择职业', occupation_search: '搜职业，如 教师、快递', occupation_none: '没有找到，换个说法试试', class: '{n} 类', class_declined: '暂不承保',
  guardian: '这位家人未满 14 周岁。我是监护人，同意为投保和理赔处理其信息。', guardian_needed: '需要监护人同意',
  photo: '拍身份证，自动填写', photo_reading: '正在看照片…', photo_hint: '拍人像面。照片读完就丢，不保存。', photo_read: '已填好，请逐项核对，可以改。',
  safe: '身份证号逐项加密保存，本机不留。', remove: '移除这位家人', gone: '没有这位家人', gone_detail: '可能已经移除，请从家人列表重新打开。',
}

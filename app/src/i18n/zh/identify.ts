export default {
  title: '核实身份', why: '保费较高，付款前多核实一步', why_detail: '反洗钱规定要求这样做。材料加密保存到最后一份合同结束后十年，只用于核实身份。', done: '都核实好了', todo: '待办', ready: '已完成',
  copy: '身份证照片', copy_detail: '拍投保人自己的身份证，正反两面。', front: '拍人像面', back: '拍国徽面', reading: '正在看照片，几秒就好…',
  face: '人脸核身', face_start: '同意并开始核身', allowed: '你已单独同意人脸核身。', withdraw: '撤回', person: '不用人脸，请人工核实', person_asked: '{at} 已请工作人员核实，两个工作日内会和你视频确认。',
  funds: '资金用途和来源', purpose: '这笔钱用来做什么', source: '从哪里来', note: '补充一句（选“其他”时必填）',
  purposes: { protection: '家庭保障', saving: '储蓄', education: '教育', retirement: '养老', gift: '赠与', other: '其他' },
  sources: { salary: '工资', business: '经营所得', savings: '积蓄', property: '房产', investment: '投资', gift: '赠与', other: '其他' },
  kept: '照片和回答加密保存，最后一份合同结束后十年删除；每次查看都有记录。', reviewed: '工作人员正在核对投保信息，两个工作日内有结果，填过的都保留。现在还不能付款。',
}

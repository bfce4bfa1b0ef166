import type { TemplateMap } from "./template-map.ts";

export const app: TemplateMap = {
  "app.welcome.title": "欢迎使用 Clockface",
  "app.welcome.lead": "门口的人脸考勤。与人脸有关的一切都留在这台平板上。",
  "app.welcome.set-up": "设置这台平板",
  "app.welcome.set-up.hint": "大约五分钟：填写单位、设置管理员、检查摄像头、添加第一个人",
  "app.welcome.practice": "先练习一下",
  "app.welcome.practice.hint": "由一张会动的人像来打卡，什么都不记录",
  "app.welcome.language": "语言",
  "app.loading": "请稍候",
  "app.failed.title": "无法启动",
  "app.failed.storage": "浏览器不允许这个页面保存数据。请不要使用无痕窗口，并在网站设置中允许存储，然后重新加载。",
  "app.failed.emptied": "这台平板上的两份数据都已丢失，因此不会当作新平板继续使用。请在另一台平板上恢复备份；或者在浏览器中清除本站数据，再重新设置。汇聚服务或备份中的打卡没有丢失。",
  "app.failed.keys": "数据还在，但打开它的密钥已丢失。没有覆盖任何内容。请在另一台平板上恢复备份；或者在浏览器中清除本站数据，再重新设置。",
  "app.failed.insecure": "需要安全的地址：请用 https 打开，或在本机用 localhost 打开。",
  "app.failed.other": "请重新加载页面。如果仍然如此，请把下面的内容告诉管理员。",
  "app.failed.reload": "重新加载",
};

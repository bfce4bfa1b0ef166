import { str } from "@lit/localize";

import type { TemplateMap } from "./template-map.ts";

export const adminShell: TemplateMap = {
  "admin.title": "管理",
  "admin.nav.people": "人员",
  "admin.nav.punches": "打卡记录",
  "admin.nav.device": "设备",
  "admin.nav.settings": "设置",
  "admin.to-kiosk": "返回打卡画面",
  "admin.sign-in": "登录",
  "admin.sign-in.wrong": "口令不正确。",
  "admin.sign-in.store": "本机暂时无法核对，请再试一次。",
  "admin.sign-in.locked": str`尝试次数过多，请在 ${0} 后再试。`,
  "admin.sign-out": "退出登录",
  "admin.session.ending": str`${0} 秒后将自动退出登录。`,
  "admin.session.stay": "保持登录",
  "admin.session.over": "登录已满半小时，之后请重新登录。",
  "admin.menu": "菜单",
  "admin.find": "查找",
  "admin.palette": "查找人员和页面",
  "admin.palette.none": "没有找到",
  "admin.unknown": "没有这个页面",
  "admin.enrol.title": "采集人脸",
};

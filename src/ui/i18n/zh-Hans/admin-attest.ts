import { str } from "@lit/localize";

import type { TemplateMap } from "./template-map.ts";

export const adminAttest: TemplateMap = {
  "admin.nav.attest": "代记打卡",
  "admin.attest.what": "用于人脸、密码和工牌都用不了的时候。效力与其他打卡相同，本人在自己的记录中能看到由谁代记。",
  "admin.attest.direction": "签到还是签退",
  "admin.attest.search": "姓名或工号",
  "admin.attest.nobody": "您的部门里还没有人。",
  "admin.attest.not-found": "没有这个人。",
  "admin.attest.in": "在岗",
  "admin.attest.out": "已离开",
  "admin.attest.none": "还没有打卡",
  "admin.attest.go": str`为${1}人代记${0}`,
  "admin.attest.done": str`已代记${0}人`,
  "admin.attest.reason.down": "识别故障",
  "admin.attest.reason.nothing": "手边没有密码和工牌",
  "admin.attest.reason.hand": "手部受伤等",
  "admin.attest.reason.power": "门口停电",
  "admin.attest.reason-missing": "请说明原因，否则不能代记。",
  "admin.attest.full": "存储已满。请先用纸记下，再腾出空间。",
  "admin.badge": "工牌",
  "admin.badge.code": "工牌二维码",
  "admin.badge.issue": "发放工牌",
  "admin.badge.again": "重新发放工牌",
  "admin.badge.end": "停用",
  "admin.badge.replaces": "发放新工牌后，原来的立即停用。",
  "admin.badge.failed": "没有写入，请再试一次。",
  "admin.badge.once": "只显示这一次：请现在打印、裁下并塑封。出示工牌即可以本人名义打卡，遗失后请停用或重新发放。",
  "admin.attest.failed": "没有记录任何一条，请重试。",
  "admin.attest.own": "不能为自己证明打卡。请找另一位主管或人事。",
  "admin.attest.not-active": "名单中有人已离职，没有记录任何一条。请重新核对名单。",
};
